import { newId } from "@/lib/id";
import { log, report } from "@/lib/observability";
import { audit } from "./audit";
import { addCalendarMonth } from "./calendar";
import { runErasure } from "./erase";
import { failureOf } from "./failure";
import { anonymizeUserId } from "./index-hash";
import { conversationOf, endOf, personOf, walkLedger } from "./ledger";
import { ledgerLines } from "./ledger-file";
import { keepShut, shutGate } from "./ledger-gate";
import { removeAgain } from "./remove-conversation";
import type { LedgerEnd, PersonLine, RemovalLine } from "./schema-ledger";
import type { DataMapEntry } from "./schema-map";
import { findReceiptRow, inTransaction } from "./store-erase";
import {
  endRestore,
  findReplayed,
  inTurn,
  isHalfRestored,
  noteReplayed,
  walkCustomerIds,
} from "./store-ledger";
import { walkConversationIds } from "./store-remove";
import { findRequestRow, insertRequest } from "./store-request";

type DataMap = readonly DataMapEntry[];

/** What a replay did: lines that were new to this database, and people and conversations that it removed again. */
export type Replayed = { lines: number; erased: number; conversations: number };

const AGAIN_MS = 1_000;

/**
 * Compares the erasure ledger with the database and erases again, by the same door, whoever an old copy of the database
 * has brought back. Nothing new in the ledger costs one reading of it. Throws LedgerBroken when it was cut off or changed.
 */
export async function replayLedger(dataMap: DataMap): Promise<Replayed> {
  return await inTurn(async () => {
    const known = await findReplayed();
    const { people, removed, end } = await linesAfter(known);
    const erased = people.size === 0 ? 0 : await eraseAgain(people, dataMap);
    const conversations = removed.size === 0 ? 0 : await removeEachAgain(removed);
    if (end.line > known.line) {
      await noteReplayed(end);
      log.info({ event: "ledger_replayed", lines: end.line - known.line, erased, conversations });
    }
    return { lines: end.line - known.line, erased, conversations };
  });
}

async function linesAfter(known: LedgerEnd) {
  const people = new Map<string, PersonLine>();
  const removed = new Map<string, RemovalLine>();
  let end = known;
  for await (const line of walkLedger(ledgerLines(), known)) {
    if ("person" in line) {
      people.set(line.person, line);
    } else {
      removed.set(line.conversation, line);
    }
    end = endOf(line);
  }
  return { people, removed, end };
}

async function removeEachAgain(removed: Map<string, RemovalLine>): Promise<number> {
  let count = 0;
  for await (const ids of walkConversationIds()) {
    for (const id of ids) {
      const line = removed.get(conversationOf(id));
      count += line && (await removeAgain(id, line)) ? 1 : 0;
    }
  }
  return count;
}

async function eraseAgain(lines: Map<string, PersonLine>, dataMap: DataMap): Promise<number> {
  let erased = 0;
  for await (const ids of walkCustomerIds()) {
    for (const id of ids) {
      const line = lines.get(personOf(id));
      if (line) {
        await runErasure(await requestFor(id, line), dataMap, { entered: endOf(line) });
        erased += 1;
      }
    }
  }
  return erased;
}

/** The request of that time where the database has it, else one with its facts. */
async function requestFor(customerId: string, line: PersonLine): Promise<string> {
  const known = await findRequestRow(line.request);
  const isOpen = known && ["received", "waiting", "running", "failed"].includes(known.state);
  if (isOpen && known.customerId === customerId && (await findReceiptRow(known.id)) === null) {
    return known.id;
  }
  const receivedAt = new Date(line.receivedAt);
  const id = known ? newId() : line.request;
  await inTransaction((tx) =>
    insertRequest(
      {
        id,
        kind: "erasure",
        customerId,
        pseudonym: anonymizeUserId(customerId),
        openedBy: line.by,
        openedById: null,
        reason: line.reason,
        receivedAt,
        dueAt: addCalendarMonth(receivedAt),
      },
      tx,
    ),
  );
  return id;
}

/** A restore is at its end: it is in the audit log, and processes that start may give out keys. */
export async function finishRestore({ rows }: { rows: number }): Promise<void> {
  await inTransaction(async (tx) => {
    await endRestore(tx);
    await audit(tx, { actor: "system", action: "backup_restored", metadata: { count: rows } });
  });
}

/**
 * Shuts this process's keys until the ledger was replayed, and tries again until it was: while the database does not
 * answer, the ledger is broken, or a restore was not ended, nobody's data is opened. Call it once, before the process serves anybody.
 */
export function replayBeforeServing(dataMap: DataMap): void {
  const untilReplayed = async (): Promise<void> => {
    while (!(await tryReplay(dataMap))) {
      await new Promise((resolve) => setTimeout(resolve, AGAIN_MS).unref());
    }
  };
  shutGate(untilReplayed());
}

async function tryReplay(dataMap: DataMap): Promise<boolean> {
  try {
    if (await isHalfRestored()) {
      if (keepShut("restore_unfinished")) {
        log.error({ event: "restore_unfinished" });
      }
      return false;
    }
    await replayLedger(dataMap);
    return true;
  } catch (error) {
    if (keepShut(failureOf(error))) {
      report(error, { where: "privacy.replay" });
    }
    return false;
  }
}
