import { db } from "@/lib/storage";
import type { Tx } from "@/lib/storage/schema";

type NewNote = {
  id: string;
  requestId: string;
  customerId: string;
  authorId: string;
  bodySealed: Uint8Array<ArrayBuffer>;
};

export async function insertNote(note: NewNote, tx: Tx): Promise<void> {
  await db(tx).requestNote.create({ data: note });
}

const NOTES_MAX = 200;

export async function findNoteRows(requestId: string) {
  return await db().requestNote.findMany({
    where: { requestId },
    orderBy: { id: "asc" },
    take: NOTES_MAX,
  });
}
