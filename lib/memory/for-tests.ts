import { asRedacted } from "@/lib/privacy";
import { countTokens } from "./count-tokens";
import type { RecordedMessage, RecordedRole } from "./schema";

const SPEAKERS: Record<RecordedRole, string> = {
  customer: "Customer",
  assistant: "Assistant",
  staff: "Dana",
  tool: "find_orders",
  boundary: "Boundary",
  event: "Event",
};

/** A recorded message for tests. */
export function said(seq: number, role: RecordedRole, text: string): RecordedMessage {
  return {
    id: `message-${seq}`,
    seq,
    role,
    speaker: SPEAKERS[role],
    text: asRedacted(text),
    tokens: countTokens(text),
    createdAt: new Date(Date.UTC(2026, 0, 1) + seq * 1000).toISOString(),
  };
}

/** Turns of one question and one answer, from seq `first` on. */
export function chatted(turns: number, first = 1, words = 12): RecordedMessage[] {
  return Array.from({ length: turns }, (_, index) => {
    const seq = first + index * 2;
    return [
      said(seq, "customer", `question ${seq} ${"about the tent ".repeat(words / 3)}`),
      said(seq + 1, "assistant", `answer ${seq} ${"the tent is green ".repeat(words / 4)}`),
    ];
  }).flat();
}

/** Milliseconds of this thread's CPU: a busy machine must not fail a test about cost. */
export function cpuMs(run: () => unknown): number {
  const before = process.threadCpuUsage();
  run();
  const { user, system } = process.threadCpuUsage(before);
  return (user + system) / 1000;
}
