import { db } from "@/lib/storage";
import type { Tx } from "@/lib/storage/schema";

type NewLink = {
  id: string;
  requestId: string;
  customerId: string;
  tokenHash: string;
  codeMac: string;
  expiresAt: Date;
};

/** Stores a link in the place of the ones before it. */
export async function insertLink(link: NewLink, tx: Tx): Promise<void> {
  const { requestId, customerId } = link;
  await db(tx).requestLink.deleteMany({ where: { requestId, customerId } });
  await db(tx).requestLink.create({ data: link });
}

/** The link of a token; inside `tx` it is held, so that it is used once. */
export async function findLink(tokenHash: string, tx?: Tx) {
  if (tx) {
    await db(tx).$queryRaw`
      SELECT id FROM "RequestLink" WHERE token_hash = ${tokenHash} FOR UPDATE`;
  }
  return await db(tx).requestLink.findUnique({ where: { tokenHash } });
}

export async function tryLink(id: string, tx: Tx): Promise<void> {
  await db(tx).requestLink.update({ where: { id }, data: { tries: { increment: 1 } } });
}

export async function redeemLink(id: string, usedAt: Date, tx: Tx): Promise<void> {
  await db(tx).requestLink.update({ where: { id }, data: { usedAt } });
}
