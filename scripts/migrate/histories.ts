import { v5 } from "uuid";
import { z } from "zod";
import { readRecord } from "@/lib/agent";
import { importHistory } from "@/lib/conversation";
import {
  findMemoryOwner,
  keyOfCustomer,
  type LegacyHistory,
  type MigrationRun,
  type MoveResult,
  type MoveSide,
  matchesPattern,
  migrateKeys,
  moveMemory,
  NotMoved,
  openLegacyHistories,
  PostgresSide,
  requireKey,
} from "@/lib/memory";
import type { SubjectKey } from "@/lib/privacy/schema";

/** Ours, for the ids of conversations whose session had a name that is no UUID: the same one each time. */
const NAMESPACE = "5f0f5e3a-0f1c-4f63-9a55-6f3c7d1b8a10";

type Taking = { url: string | undefined; to: MoveSide; dropSource: boolean };

/**
 * Takes LangChain's lists into the record, redacted, and compares what stands there; then, where `to` is not the record
 * itself, moves the memory on with what is left of the list's time to live. Lists of nobody are failures.
 */
export async function migrateHistories(
  { url, to, dropSource }: Taking,
  run: MigrationRun,
): Promise<MoveResult> {
  const histories = openLegacyHistories(url);
  const record = new PostgresSide(readRecord);
  const isWanted = matchesPattern(run.selection.pattern ?? "*");
  try {
    const sessions: string[] = [];
    for await (const session of histories.list()) {
      if (isWanted(session)) {
        sessions.push(session);
      }
    }
    const keys = [...new Set(sessions)].sort();
    return await migrateKeys(keys, run, async (session) => {
      const conversationId = conversationOf(session);
      const key = await ownerKey(conversationId, run.selection.customerId);
      const history = await histories.read(session);
      await takeOver(key, conversationId, history);
      if (to.name !== record.name) {
        const from = endingWith(record, history.remainingMs);
        await moveMemory(conversationId, key, { from, to });
      }
      if (dropSource) {
        await histories.drop(session);
      }
    });
  } finally {
    histories.close();
  }
}

/** The conversation that a session becomes: its own id where that is one. */
export function conversationOf(session: string): string {
  return z.uuid().safeParse(session).success ? session : v5(session, NAMESPACE);
}

async function ownerKey(conversationId: string, customerId: string | undefined) {
  const owner = await findMemoryOwner(conversationId);
  if (owner) {
    if (customerId !== undefined && owner.id !== customerId) {
      throw new NotMoved("the conversation is another customer's");
    }
    return await requireKey(owner);
  }
  if (customerId === undefined) {
    throw new NotMoved("nobody owns it here: say whose it is by --customer");
  }
  return await keyOfCustomer(customerId);
}

async function takeOver(
  key: SubjectKey,
  conversationId: string,
  { messages: said, unreadable }: LegacyHistory,
): Promise<void> {
  if (unreadable > 0) {
    throw new NotMoved(`${unreadable} of its messages cannot be read`);
  }
  if (said.length === 0) {
    throw new NotMoved("no message of a customer or an assistant");
  }
  const metadata = { importedFrom: "langchain" };
  const { messages } = await importHistory(key, conversationId, { messages: said, metadata });
  const owner = { id: key.ownerId, keyEpoch: key.epoch };
  const record = await readRecord(conversationId, owner, 0, { limit: messages.length });
  const isThere = messages.every(
    ({ role, text }, at) => record[at]?.role === role && record[at].text === text,
  );
  if (!isThere) {
    throw new NotMoved("the conversation has other messages already");
  }
}

/** The record, as if it knew how long the list had to live. */
function endingWith(record: MoveSide, remainingMs: number | null): MoveSide {
  return {
    name: record.name,
    listKeys: () => record.listKeys(),
    exists: (id) => record.exists(id),
    read: async (id, key) => {
      const carried = await record.read(id, key);
      return carried && { ...carried, remainingMs };
    },
    write: (id, key, carried) => record.write(id, key, carried),
    close: () => record.close(),
  };
}
