import type { StaffCaller } from "@/lib/auth/schema";
import { asRedacted, keyOf, restoreAll } from "@/lib/privacy";
import type { SubjectKey } from "@/lib/privacy/schema";
import type { CaseSummaryBody, SummaryView } from "./schema";
import {
  findNewest,
  findSubject,
  haveBothSpoken,
  openBody,
  type Subject,
  type SummaryRecord,
} from "./store";

/**
 * The newest version that can be read, or why there is none. Staff read placeholders; the lead who owns the conversation
 * sees the customer's values.
 */
export async function findSummary(
  staff: Pick<StaffCaller, "id">,
  conversationId: string,
): Promise<SummaryView> {
  const subject = await findSubject(conversationId);
  if (!subject) {
    return { state: "none", why: "too_short" };
  }
  const { customer } = subject;
  const { newest, ready } = await findNewest(conversationId, customer.id);
  if (!ready?.bodySealed) {
    return { state: "none", why: await whyNone(conversationId, newest) };
  }
  const key = await keyOf(customer);
  const body = openBody(key, ready.id, ready.bodySealed);
  const shown = seesValues(staff, subject) ? await restored(key, body) : body;
  return {
    state: "ready",
    version: ready.version,
    line: shown.line,
    topic: shown.topic,
    sentences: shown.sentences
      .filter(({ supported }) => supported)
      .map(({ text, sources }) => ({ text, sources })),
    reviewed: ready.reviewedAt !== null,
    author: body.author ?? null,
    createdAt: ready.createdAt.toISOString(),
  };
}

async function whyNone(conversationId: string, newest: SummaryRecord | null) {
  if (newest) {
    return newest.state === "failed" ? "failed" : "being_written";
  }
  return (await haveBothSpoken(conversationId)) ? "being_written" : "too_short";
}

function seesValues(staff: Pick<StaffCaller, "id">, { owner, assigneeId }: Subject): boolean {
  return owner === "HUMAN" && assigneeId === staff.id;
}

async function restored(key: SubjectKey, body: CaseSummaryBody): Promise<CaseSummaryBody> {
  const texts = [body.line, ...body.sentences.map(({ text }) => text)];
  const [line = body.line, ...values] = (await restoreAll(key, texts)).map(asRedacted);
  return {
    ...body,
    line,
    sentences: body.sentences.map((sentence, index) => ({
      ...sentence,
      text: values[index] ?? sentence.text,
    })),
  };
}
