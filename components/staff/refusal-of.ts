import type { Result } from "@/lib/result";

/** The sentence of a refusal, or nothing where it went well: what a ConfirmDialog wants to hear. */
export function refusalOf(result: Result<unknown>): string | undefined {
  return result.ok ? undefined : result.message;
}
