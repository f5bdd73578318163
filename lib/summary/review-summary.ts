import type { StaffCaller } from "@/lib/auth/schema";
import { Refusal } from "@/lib/errors";
import { newId } from "@/lib/id";
import { audit, keyOf, redact } from "@/lib/privacy";
import type { SubjectKey } from "@/lib/privacy/schema";
import type { Tx } from "@/lib/storage/schema";
import type { CaseSummaryBody, SummarySentence } from "./schema";
import {
  findMessageIds,
  findNewest,
  findSubject,
  insertVersion,
  inTransaction,
  lockForWriting,
  markReviewed,
  openBody,
  type SummaryRecord,
} from "./store";

type Version = { conversationId: string; version: number };

/** A lead has read this version and stands by it. Refused when a newer one came meanwhile. */
export async function approveSummary(
  staff: StaffCaller,
  conversationId: string,
  version: number,
): Promise<void> {
  await onReadyVersion({ conversationId, version }, async ({ key, ready }, tx) => {
    await markReviewed(conversationId, ready.id, staff.id, tx);
    await audit(tx, {
      actor: staff.id,
      customerId: key.ownerId,
      action: "summary_approved",
      metadata: { conversationId, summaryId: ready.id, version },
    });
  });
}

/**
 * A lead writes the next version: redacted like everything a person writes, reviewed by its author, its sources cut to
 * messages of this conversation. Refused when a newer version came meanwhile.
 */
export async function editSummary(
  staff: StaffCaller,
  edited: Version & { line: string; sentences: readonly SummarySentence[] },
): Promise<void> {
  const { conversationId, version } = edited;
  await onReadyVersion({ conversationId, version }, async ({ key, ready, newest }, tx) => {
    const { topic } = ready.bodySealed ? openBody(key, ready.id, ready.bodySealed) : { topic: "" };
    const body = { ...(await bodyOf(key, { ...edited, topic }, tx)), author: staff.name };
    const { coversThrough } = ready;
    const id = newId();
    const next = { id, version: newest.version + 1, coversThrough, authorId: staff.id };
    await insertVersion(conversationId, key, next, body, tx);
    await audit(tx, {
      actor: staff.id,
      customerId: key.ownerId,
      action: "summary_edited",
      metadata: { conversationId, summaryId: id, version: next.version },
    });
  });
}

type Held = { key: SubjectKey; ready: SummaryRecord; newest: SummaryRecord };

async function onReadyVersion(
  { conversationId, version }: Version,
  run: (held: Held, tx: Tx) => Promise<void>,
): Promise<void> {
  const subject = await findSubject(conversationId);
  if (!subject) {
    throw new Refusal("not_found");
  }
  const { customer } = subject;
  if (customer.state !== "active") {
    throw new Refusal("processing_restricted");
  }
  const key = await keyOf(customer);
  await inTransaction(async (tx) => {
    if (!(await lockForWriting(conversationId, key, tx))) {
      throw new Refusal("not_found");
    }
    const { newest, ready } = await findNewest(conversationId, customer.id, tx);
    if (!newest || !ready) {
      throw new Refusal("not_found");
    }
    if (ready.version !== version) {
      throw new Refusal("conversation_stale");
    }
    await run({ key, ready, newest }, tx);
  });
}

async function bodyOf(
  key: SubjectKey,
  edited: {
    conversationId: string;
    line: string;
    topic: string;
    sentences: readonly SummarySentence[];
  },
  tx: Tx,
): Promise<CaseSummaryBody> {
  const cited = edited.sentences.flatMap(({ sources }) => sources);
  const known = await findMessageIds(edited.conversationId, cited);
  const sentences: CaseSummaryBody["sentences"] = [];
  for (const { text, sources } of edited.sentences) {
    sentences.push({
      text: await redact(key, text, tx),
      sources: sources.filter((id) => known.has(id)),
      // A lead may say what no message says: their name stands under it.
      supported: true,
    });
  }
  return { line: await redact(key, edited.line, tx), topic: edited.topic, sentences };
}
