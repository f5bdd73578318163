import { createHash } from "node:crypto";
import path from "node:path";
import { env } from "@/lib/env";
import { keyOf } from "@/lib/privacy";
import type { SubjectKey } from "@/lib/privacy/schema";
import { type MoveResult, matchesPattern, migrate } from "./migrate";
import { openJournal } from "./migration-journal";
import { type MoveSide, moveMemory, NotMoved } from "./move";
import { findOwner } from "./store";
import { findCustomerOwner, listConversationIds } from "./store-move-owner";

/** Which memories a migration takes: all, one customer's, or those whose key is named by a pattern of * and ?. */
export type Selection = { customerId?: string | undefined; pattern?: string | undefined };

export type MigrationRun = {
  /** Names this migration: run again under the same name, it goes on where it was stopped. */
  name: string;
  selection: Selection;
  progress: (done: number, total: number, failed: number) => void;
  signal: AbortSignal;
};

/** Moves memories from one backend to another. What was moved stays where it came from. */
export async function migrateMemories(
  { from, to }: { from: MoveSide; to: MoveSide },
  run: MigrationRun,
): Promise<MoveResult> {
  const keys = await selectKeys(from, run.selection);
  return await migrateKeys(keys, run, async (conversationId) => {
    const owner = await findOwner(conversationId);
    await moveMemory(conversationId, await requireKey(owner), { from, to });
  });
}

/** Does the same for every key, with a journal and progress: for what is no backend of ours. */
export async function migrateKeys(
  keys: readonly string[],
  { name, progress, signal }: MigrationRun,
  move: (key: string) => Promise<void>,
): Promise<MoveResult> {
  const id = createHash("sha256").update(name).digest("hex").slice(0, 12);
  const journal = openJournal(path.join(env.DATA_DIR, "migrations", `memory-${id}.log`));
  const result = await migrate({
    keys,
    move,
    journal,
    progress: (done, failed) => progress(done, keys.length, failed),
    signal,
  });
  if (!result.interrupted) {
    journal.end();
  }
  return result;
}

/** The key of somebody whose memory may be moved. Throws NotMoved for anybody else. */
export async function requireKey(
  owner: { id: string; keyEpoch: number; state: string } | null,
): Promise<SubjectKey> {
  if (!owner) {
    throw new NotMoved("nobody owns it here");
  }
  if (owner.state !== "active") {
    throw new NotMoved(`its owner is ${owner.state}`);
  }
  return await keyOf(owner);
}

/** A customer's key by id, for what nobody owns here yet. */
export async function keyOfCustomer(customerId: string): Promise<SubjectKey> {
  return await requireKey(await findCustomerOwner(customerId));
}

async function selectKeys(from: MoveSide, { customerId, pattern }: Selection): Promise<string[]> {
  const isWanted = matchesPattern(pattern ?? "*");
  const keys = new Set<string>();
  for await (const key of customerId ? ownKeys(from, customerId) : from.listKeys()) {
    if (isWanted(key)) {
      keys.add(key);
    }
  }
  return [...keys].sort();
}

async function* ownKeys(from: MoveSide, customerId: string): AsyncGenerator<string> {
  for (const id of await listConversationIds(customerId)) {
    if (await from.exists(id)) {
      yield id;
    }
  }
}
