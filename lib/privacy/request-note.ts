import { Refusal } from "@/lib/errors";
import { newId } from "@/lib/id";
import { audit } from "./audit";
import { keyOf } from "./keys";
import { redact } from "./redact";
import { open, seal } from "./seal";
import { inTransaction } from "./store-erase";
import { findPersonOf, holdRequest } from "./store-request-flow";
import { findNoteRows, insertNote } from "./store-request-note";

/** What a colleague wrote about a request, in the placeholder form. */
export type RequestNoteView = { id: string; authorId: string; text: string; createdAt: string };

function place(noteId: string) {
  return { table: "RequestNote", row: noteId, column: "body_sealed" };
}

/**
 * Notes something about a request: redacted, sealed under the person's key, and erased with them. Where nobody is known
 * there is no key to seal with, and nothing is noted (`not_found`).
 */
export async function addRequestNote(
  author: { id: string },
  requestId: string,
  text: string,
): Promise<void> {
  await inTransaction(async (tx) => {
    const held = await holdRequest(requestId, tx);
    const owner = held?.customerId ? await findPersonOf(held.customerId, tx) : null;
    if (!(held && owner)) {
      throw new Refusal("not_found");
    }
    const key = await keyOf(owner, tx);
    const id = newId();
    const bodySealed = seal(key, place(id), await redact(key, text, tx));
    await insertNote({ id, requestId, customerId: owner.id, authorId: author.id, bodySealed }, tx);
    const metadata = { requestId, kind: held.kind };
    const act = { actor: author.id, customerId: owner.id } as const;
    await audit(tx, { ...act, action: "request_note_added", metadata });
  });
}

/** A request's notes, oldest first; none where the person is gone. */
export async function listRequestNotes(requestId: string): Promise<RequestNoteView[]> {
  const rows = await findNoteRows(requestId);
  const owner = rows[0] ? await findPersonOf(rows[0].customerId) : null;
  if (!owner) {
    return [];
  }
  const key = await keyOf(owner);
  return rows
    .filter(({ customerId }) => customerId === owner.id)
    .map(({ id, authorId, bodySealed, createdAt }) => ({
      id,
      authorId,
      text: open(key, place(id), bodySealed),
      createdAt: createdAt.toISOString(),
    }));
}
