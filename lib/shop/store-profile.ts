import { newId } from "@/lib/id";
import { keyOf, open, seal } from "@/lib/privacy";
import type { SubjectKey } from "@/lib/privacy/schema";
import { db } from "@/lib/storage";
import type { Tx } from "@/lib/storage/schema";
import type { ShopCaller } from "./schema";
import {
  Address,
  PaymentDetails,
  type PaymentMethod,
  PaymentSource,
  type ShopProfile,
  wholeAddress,
} from "./schema-profile";

/** An address as it was sealed: its parts, or the one line that older orders have. */
export function readAddress(text: string): Address {
  if (!text.startsWith("{")) {
    return wholeAddress(text);
  }
  const written: unknown = JSON.parse(text);
  // Checked and not taken: an address keeps the order in which whoever wrote it named its parts.
  Address.parse(written);
  return written as Address;
}

export async function readProfile(caller: ShopCaller): Promise<ShopProfile> {
  const [row, paymentMethods] = await Promise.all([
    db().shopProfile.findUnique({ where: { customerId: caller.id } }),
    readMethods(caller),
  ]);
  const sealed = row?.addressSealed;
  const place = { table: "ShopProfile", row: caller.id, column: "address_sealed" };
  const address = sealed ? readAddress(open(await keyOf(caller), place, sealed)) : null;
  return { address, paymentMethods };
}

/** In the order that they were stored in; under a lock where `tx` is to change a balance. */
export async function readMethods(caller: ShopCaller, tx?: Tx): Promise<PaymentMethod[]> {
  if (tx) {
    await db(tx).$queryRaw`
      SELECT 1 FROM "ShopPaymentMethod" WHERE customer_id = ${caller.id}::uuid ORDER BY handle FOR UPDATE`;
  }
  const rows = await db(tx).shopPaymentMethod.findMany({
    where: { customerId: caller.id },
    orderBy: [{ position: "asc" }, { handle: "asc" }],
  });
  if (rows.length === 0) {
    return [];
  }
  const key = await keyOf(caller, tx);
  return rows.map(({ id, handle, source, balanceCents, detailsSealed }) => ({
    id: handle,
    source: PaymentSource.parse(source),
    balanceCents,
    details: detailsSealed && openDetails(key, id, detailsSealed),
  }));
}

function detailsPlace(row: string) {
  return { table: "ShopPaymentMethod", row, column: "details_sealed" };
}

function openDetails(key: SubjectKey, id: string, sealed: Uint8Array): PaymentDetails {
  return PaymentDetails.parse(JSON.parse(open(key, detailsPlace(id), sealed)));
}

/** Stores what a shop knows of its customer. What is stored already is left alone. */
export async function insertProfile(caller: ShopCaller, profile: ShopProfile): Promise<void> {
  const key = await keyOf(caller);
  if (profile.address && !(await hasProfile(caller.id))) {
    await writeAddress(caller, key, profile.address);
  }
  await db().shopPaymentMethod.createMany({
    data: profile.paymentMethods.map(({ id: handle, details, ...method }, position) => {
      const id = newId();
      const detailsSealed = details && seal(key, detailsPlace(id), JSON.stringify(details));
      return { id, customerId: caller.id, handle, ...method, detailsSealed, position };
    }),
    skipDuplicates: true,
  });
}

async function hasProfile(customerId: string): Promise<boolean> {
  return (await db().shopProfile.count({ where: { customerId } })) > 0;
}

export async function writeAddress(
  { id: customerId }: ShopCaller,
  key: SubjectKey,
  address: Address,
  tx?: Tx,
): Promise<void> {
  const place = { table: "ShopProfile", row: customerId, column: "address_sealed" };
  const addressSealed = seal(key, place, JSON.stringify(address));
  await db(tx).shopProfile.upsert({
    where: { customerId },
    create: { customerId, addressSealed },
    update: { addressSealed },
  });
}
