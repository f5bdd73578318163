import { Refusal } from "@/lib/errors";
import { blindIndex, indexPerson, keyOf, seal } from "@/lib/privacy";
import { db } from "@/lib/storage";
import type { Tx } from "@/lib/storage/schema";

// Also of somebody who is restricted: that what is kept is wrong may be why they are.
const readable = { in: ["active", "restricted"] as ("active" | "restricted")[] };

/** By which staff find the account when a letter comes. */
export async function indexAccount(
  id: string,
  { email, name }: { email?: string; name?: string },
  tx: Tx,
): Promise<void> {
  const values = [
    ...(email ? [{ kind: "email" as const, value: email }] : []),
    ...(name ? [{ kind: "name" as const, value: name }] : []),
  ];
  await indexPerson(id, values, tx);
}

/** Puts a name right. */
export async function correctName(id: string, name: string, tx: Tx): Promise<void> {
  const nameSealed = await sealed(id, "name_sealed", name, tx);
  await db(tx).customer.updateMany({ where: { id, state: readable }, data: { nameSealed } });
  await indexAccount(id, { name }, tx);
}

/**
 * Puts the address right with which a registered customer signs in; one that is another account's is `email_taken`. Of a
 * guest there is none.
 */
export async function correctEmail(id: string, email: string, tx: Tx): Promise<void> {
  const emailIndex = blindIndex("email", email);
  if ((await db(tx).customer.count({ where: { emailIndex, NOT: { id } } })) > 0) {
    throw new Refusal("email_taken");
  }
  const emailSealed = await sealed(id, "email_sealed", email, tx);
  await db(tx).customer.updateMany({
    where: { id, kind: "registered", state: readable },
    data: { emailIndex, emailSealed },
  });
  await indexAccount(id, { email }, tx);
}

async function sealed(id: string, column: "name_sealed" | "email_sealed", text: string, tx: Tx) {
  const owner = await db(tx).customer.findFirst({
    where: { id, state: readable },
    select: { id: true, keyEpoch: true },
  });
  if (!owner) {
    throw new Refusal("not_found");
  }
  return seal(await keyOf(owner, tx), { table: "Customer", row: id, column }, text);
}
