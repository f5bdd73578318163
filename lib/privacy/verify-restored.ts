import { Refusal } from "@/lib/errors";
import { anonymizeUserId } from "./index-hash";
import { readableKey } from "./keys";
import { personOf, walkLedger } from "./ledger";
import { ledgerLines } from "./ledger-file";
import type { DataMapEntry } from "./schema-map";
import { SealError } from "./seal-error";
import { findWrappedKey } from "./store";
import { findReader } from "./store-export";
import { walkCustomerIds } from "./store-ledger";

type DataMap = readonly DataMapEntry[];

/** People in this database whom the erasure ledger names, and how many of them still have a key. */
export type Returned = { ids: string[]; withKey: number };

/** Looks for erased people whom an old copy of the database has brought back. Before the replay there may be some. */
export async function findReturned(): Promise<Returned> {
  const erased = new Set<string>();
  for await (const line of walkLedger(ledgerLines())) {
    if ("person" in line) {
      erased.add(line.person);
    }
  }
  const ids: string[] = [];
  let withKey = 0;
  for await (const page of walkCustomerIds()) {
    for (const id of page.filter((each) => erased.has(personOf(each)))) {
      ids.push(id);
      withKey += (await findWrappedKey(id)) ? 1 : 0;
    }
  }
  return { ids, withKey };
}

/** How much of these people any store still holds. */
export async function countLeft(ids: readonly string[], dataMap: DataMap): Promise<number> {
  let left = 0;
  for (const id of ids) {
    for (const { kind, count } of dataMap) {
      left += kind === "table" ? await count(id) : 0;
    }
  }
  return left;
}

export type Opened = {
  customers: number;
  opened: number;
  /** Records of theirs that were read, every sealed column of them opened. */
  records: number;
  /** Living customers of whom something does not open, by pseudonym: ten of them at most. */
  closed: string[];
  closedCount: number;
};

const NAMED_MAX = 10;

/** Opens everything of every living customer (or of every n-th of them), as an export would. */
export async function openEverything(dataMap: DataMap, every = 1): Promise<Opened> {
  const opened: Opened = { customers: 0, opened: 0, records: 0, closed: [], closedCount: 0 };
  let index = 0;
  for await (const ids of walkCustomerIds()) {
    for (const id of ids) {
      index += 1;
      if (index % every === 0) {
        await openOne(id, dataMap, opened);
      }
    }
  }
  return opened;
}

async function openOne(id: string, dataMap: DataMap, opened: Opened): Promise<void> {
  const reader = await findReader(id);
  if (!reader) {
    return;
  }
  opened.customers += 1;
  const records = await countOpened(reader, dataMap);
  if (records === null) {
    opened.closedCount += 1;
    if (opened.closed.length < NAMED_MAX) {
      opened.closed.push(anonymizeUserId(id));
    }
    return;
  }
  opened.opened += 1;
  opened.records += records;
}

async function countOpened(
  reader: { id: string; keyEpoch: number },
  dataMap: DataMap,
): Promise<number | null> {
  const key = await readableKey(reader);
  if (!key) {
    return null;
  }
  let records = 0;
  try {
    for (const { collect } of dataMap) {
      for await (const _ of collect?.(reader.id, key) ?? []) {
        records += 1;
      }
    }
    return records;
  } catch (error) {
    if (error instanceof SealError || error instanceof Refusal) {
      return null;
    }
    throw error;
  }
}
