import type { Tx } from "@/lib/storage/schema";
import { anonymizeUserId, blindIndex } from "./index-hash";
import { openedOr, readableKey } from "./keys";
import { vaultPlace } from "./redact";
import type { PersonFound } from "./schema-request";
import { open, openBytes } from "./seal";
import {
  findAlike,
  findMatching,
  findOne,
  findSealedValues,
  findUnindexed,
  type IndexedKind,
  insertIndexes,
  markIndexed,
  type PersonRow,
} from "./store-person";

const PHONE_DIGITS_MIN = 6;

/** Keeps keyed hashes of what a person is called and reached by, so that staff find whose request a letter is. */
export async function indexPerson(
  customerId: string,
  values: readonly { kind: IndexedKind; value: string }[],
  tx?: Tx,
): Promise<void> {
  const rows = values.map(({ kind, value }) => ({
    customerId,
    kind,
    valueIndex: blindIndex(kind, value),
  }));
  await insertIndexes(rows, tx);
}

/**
 * People who have this exact e-mail address, phone number or name, in their account or in what they said. Only hashes
 * are compared; nobody is named. At most 20, the last seen first.
 */
export async function findPeople(said: string): Promise<PersonFound[]> {
  const kinds: IndexedKind[] = said.includes("@") ? ["email"] : ["name"];
  if (said.replaceAll(/\D/g, "").length >= PHONE_DIGITS_MIN) {
    kinds.push("phone");
  }
  const wanted = kinds.map((kind) => ({ kind, valueIndex: blindIndex(kind, said) }));
  return (await findMatching(wanted)).map(toFound);
}

/** One person whose id is known by another way, such as an order. */
export async function findPersonById(
  id: string,
  matched: PersonFound["matched"][number],
): Promise<PersonFound | null> {
  const row = await findOne(id, matched);
  return row ? toFound(row) : null;
}

/** Records that may be the same person's as a request: a guest's session, a second account. */
export async function listAlike(request: {
  id: string;
  customerId: string;
}): Promise<PersonFound[]> {
  return (await findAlike(request.customerId, request.id)).map(toFound);
}

function toFound({ id, createdAt, lastSeenAt, matched, ...row }: PersonRow): PersonFound {
  return {
    ...row,
    customerId: id,
    pseudonym: anonymizeUserId(id),
    matched: matched as PersonFound["matched"],
    createdAt: createdAt.toISOString(),
    lastSeenAt: lastSeenAt.toISOString(),
  };
}

const KINDS: Record<string, IndexedKind> = { EMAIL: "email", PHONE: "phone", PERSON: "name" };

const PAGES_AT_ONCE = 20;

/**
 * Indexes people who came before there was an index. Run by a job until nobody is left; whoever comes later is indexed as
 * they write. Returns how many were looked at.
 */
export async function indexEarlierPeople(): Promise<number> {
  let looked = 0;
  for (let page = 0; page < PAGES_AT_ONCE; page += 1) {
    const people = await findUnindexed();
    for (const person of people) {
      await indexKept(person);
    }
    const last = people.at(-1);
    if (!last) {
      break;
    }
    await markIndexed(last.id);
    looked += people.length;
  }
  return looked;
}

async function indexKept(person: { id: string; keyEpoch: number }): Promise<void> {
  const key = await readableKey(person);
  if (!key) {
    return;
  }
  const { account, vault } = await findSealedValues(person.id);
  const kept = vault.map(({ id, kind, valueSealed }) => ({
    kind: KINDS[kind] ?? "name",
    read: () => openBytes(key, "vault", vaultPlace(id), valueSealed).toString("utf8"),
  }));
  const columns = [
    { kind: "email", column: "email_sealed", sealed: account?.emailSealed },
    { kind: "name", column: "name_sealed", sealed: account?.nameSealed },
  ] as const;
  const named = columns.flatMap(({ kind, column, sealed }) => {
    const place = { table: "Customer", row: person.id, column };
    return sealed ? [{ kind, read: () => open(key, place, sealed) }] : [];
  });
  const values = [...kept, ...named].flatMap(({ kind, read }) => {
    const value = openedOr("index.person", read);
    return value ? [{ kind, value }] : [];
  });
  await indexPerson(person.id, values);
}
