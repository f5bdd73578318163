import "server-only";
import { Refusal, type RefusalCode, refusals } from "@/lib/errors";
import { report } from "@/lib/observability";

const statuses: Partial<Record<RefusalCode, number>> = {
  input_invalid: 400,
  session_missing: 401,
  forbidden: 403,
  not_found: 404,
  export_expired: 410,
  rate_limited: 429,
  key_unavailable: 503,
  unavailable: 503,
};

/** An error as a route answers it: a refusal as itself, anything else reported and "unavailable". */
export function refuse(error: unknown, where: string): Response {
  if (!(error instanceof Refusal)) {
    report(error, { where });
  }
  const code = error instanceof Refusal ? error.code : "unavailable";
  return Response.json(
    { ok: false, code, message: refusals[code] },
    { status: statuses[code] ?? 409, headers: { "Cache-Control": "no-store" } },
  );
}
