import { randomBytes } from "node:crypto";
import { newId } from "@/lib/id";
import type { Tx } from "@/lib/storage/schema";
import { mapTexts } from "./collect";
import { exportedName, isColleague, isInternal, isWords, SELF } from "./export-columns";
import { blindIndex } from "./index-hash";
import type { ExportedRecord } from "./read-export";
import { redact, vaultRow } from "./redact";
import { PlaceholderKind, type SubjectKey } from "./schema";
import { bodyMac, seal } from "./seal";
import type { ColumnShape } from "./store-columns";
import type { RawRow } from "./store-rows";

/** What an import knows while it turns records back into rows. */
export type Importing = {
  key: SubjectKey;
  tx: Tx;
  /** Puts the placeholders of the person's known values back. */
  hide: (text: string) => string;
};

/** Tables whose sealed columns hold values as they are, and no placeholders. */
const PLAIN = new Set([
  "Customer",
  "ReplyAddress",
  "ShopOrder",
  "ShopPaymentMethod",
  "ShopProfile",
]);
/** Rooms that name a sealed place as Prisma names the column; the others as the database does. */
const AS_PRISMA = new Set(["Conversation", "Message", "Proposal", "ReplyAddress", "Turn"]);
/** Stands for a colleague of the installation where the export was made, whom nobody knows here. */
const SOMEBODY = "00000000-0000-0000-0000-000000000000";

/** A record as a row of its table: texts redacted and sealed, keyed hashes made anew. */
export async function rowOf(
  table: string,
  columns: readonly ColumnShape[],
  record: ExportedRecord,
  importing: Importing,
): Promise<RawRow> {
  if (table === "Vault") {
    return vaultOf(record, importing.key);
  }
  const row: RawRow = {};
  const texts = new Map<string, string>();
  for (const { name, type, refersToStaff } of columns.filter(({ name }) => !isInternal(name))) {
    const value = record[exportedName(name)] ?? null;
    if (isColleague(name)) {
      row[name] = colleagueOf(value, refersToStaff, importing.key);
    } else if (type === "bytea" && value !== null) {
      const text = await hidden(table, exportedName(name), value, importing);
      texts.set(name, text);
      row[name] = bytes(seal(importing.key, placeOf(table, name, record), text));
    } else {
      row[name] = value;
    }
  }
  return { ...row, ...derived(table, columns, record, { texts, key: importing.key }) };
}

function bytes(value: Uint8Array): string {
  return `\\x${Buffer.from(value).toString("hex")}`;
}

function colleagueOf(value: unknown, refersToStaff: boolean, key: SubjectKey): string | null {
  if (value === null) {
    return null;
  }
  if (value === SELF) {
    return key.ownerId;
  }
  return refersToStaff ? null : SOMEBODY;
}

function placeOf(table: string, column: string, record: ExportedRecord) {
  const named = column.replaceAll(/_([a-z])/g, (_, letter: string) => letter.toUpperCase());
  const row = String(record["id"] ?? record["conversationId"] ?? record["customerId"]);
  return { table, row, column: AS_PRISMA.has(table) ? named : column };
}

/** A sealed value in the form in which it is stored. */
async function hidden(
  table: string,
  name: string,
  value: unknown,
  { key, tx, hide }: Importing,
): Promise<string> {
  if (PLAIN.has(table)) {
    return typeof value === "string" ? value : JSON.stringify(value);
  }
  if (typeof value !== "string") {
    // Only what was a placeholder before becomes one: ids and numbers in our own data are no words of a person.
    return JSON.stringify(mapTexts(value, hide));
  }
  return isWords(table, name) ? await redact(key, hide(value), tx) : hide(value);
}

function vaultOf(record: ExportedRecord, key: SubjectKey): RawRow {
  const { id, customerId, kind, n, value, createdAt } = record;
  const kept = vaultRow(key, PlaceholderKind.parse(kind), String(value), String(id));
  return {
    id,
    customer_id: customerId,
    kind,
    n,
    mac: bytes(kept.mac),
    value_sealed: bytes(kept.sealed),
    created_at: createdAt,
  };
}

type Made = { texts: ReadonlyMap<string, string>; key: SubjectKey };

/** The columns that an export leaves out and a row needs. */
function derived(
  table: string,
  columns: readonly ColumnShape[],
  record: ExportedRecord,
  { texts, key }: Made,
): RawRow {
  const email = table === "Customer" ? record["email"] : null;
  const makers: Record<string, () => string | null> = {
    body_mac: () => bytes(bodyMac(key, texts.get("body_sealed") ?? "")),
    fact_index: () => Buffer.from(bodyMac(key, texts.get("body_sealed") ?? "")).toString("hex"),
    // A link or an open proposal of another installation: nothing that comes later may match it.
    subject_mac: () => bytes(randomBytes(32)),
    token_hash: () => randomBytes(32).toString("hex"),
    email_index: () => (email ? blindIndex("email", String(email)) : null),
  };
  const needed = columns.filter(({ name }) => makers[name]).map(({ name }) => name);
  return Object.fromEntries(needed.map((name) => [name, makers[name]?.() ?? null]));
}

/** What hangs on a row and stands inside its record. */
export function childrenOf(
  table: string,
  record: ExportedRecord,
): { table: string; row: RawRow }[] {
  if (table !== "ShopOrder") {
    return [];
  }
  const list = (name: string) => (Array.isArray(record[name]) ? (record[name] as RawRow[]) : []);
  const own = () => ({ id: newId(), order_id: record["id"] });
  return [
    ...list("items").map((item, position) => ({
      table: "ShopOrderItem",
      row: {
        ...own(),
        product_id: item["productId"],
        variant_id: item["variantId"],
        name: item["name"],
        quantity: item["quantity"],
        price_cents: item["priceCents"],
        position,
      },
    })),
    ...list("changes").map(({ kind, reason, result, at }) => ({
      table: "ShopEffect",
      row: { ...own(), kind, reason, result, created_at: at },
    })),
    ...list("payments").map(({ kind, amountCents, method, at }, position) => ({
      table: "ShopPayment",
      row: {
        ...own(),
        ...{ kind, amount_cents: amountCents, method_handle: method, position, created_at: at },
      },
    })),
    ...list("sentBack").map(({ kind, itemIds, newItemIds, method, differenceCents, at }) => ({
      table: "ShopReturn",
      row: {
        order_id: record["id"],
        kind,
        item_ids: itemIds,
        new_item_ids: newItemIds,
        method_handle: method,
        difference_cents: differenceCents,
        created_at: at,
      },
    })),
  ];
}
