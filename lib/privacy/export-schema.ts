import { z } from "zod";
import { exportedName, isColleague, isInternal, isWords, SELF, TEAM } from "./export-columns";
import { type ColumnShape, listColumns } from "./store-columns";

/** What a record of an export looks like: exactly these fields. */
export type RecordShape = z.ZodType<Record<string, unknown>>;

const Time = z.iso.datetime().describe("time in UTC, ISO 8601");
const Sealed = z
  .union([z.string(), z.array(z.unknown()), z.record(z.string(), z.unknown())])
  .describe("kept encrypted");
const Words = z.string().describe("kept encrypted, word for word");
const Colleague = z.enum([TEAM, SELF]).describe("who did it");

const byType: Record<string, z.ZodType> = {
  uuid: z.uuid(),
  text: z.string(),
  int2: z.int(),
  int4: z.int(),
  int8: z.int(),
  float8: z.number(),
  numeric: z.number(),
  bool: z.boolean(),
  timestamptz: Time,
  date: Time,
  json: z.unknown(),
  jsonb: z.unknown(),
};

/** What stands in a record beside its table's own columns. */
const within: Record<string, z.ZodRawShape> = {
  ShopOrder: {
    items: z.array(
      z.strictObject({
        productId: z.string(),
        variantId: z.string().nullable(),
        name: z.string(),
        quantity: z.int(),
        priceCents: z.int(),
      }),
    ),
    changes: z.array(
      z.strictObject({ kind: z.string(), reason: z.string(), result: z.unknown(), at: Time }),
    ),
    payments: z.array(
      z.strictObject({
        kind: z.string(),
        amountCents: z.int(),
        method: z.string().nullable(),
        at: Time,
      }),
    ),
    sentBack: z.array(
      z.strictObject({
        kind: z.string(),
        itemIds: z.array(z.string()),
        newItemIds: z.array(z.string()),
        method: z.string().nullable(),
        differenceCents: z.int().nullable(),
        at: Time,
      }),
    ),
  },
};

/** The shape of a table's records, by the table's own columns; null where there is no such table. */
export async function shapeOf(table: string): Promise<RecordShape | null> {
  const columns = await listColumns(table);
  if (columns.length === 0) {
    return null;
  }
  const fields = columns
    .filter(({ name }) => !isInternal(name))
    .map((column) => [exportedName(column.name), fieldOf(table, column)] as const);
  return z.strictObject({ ...Object.fromEntries(fields), ...within[table] });
}

function fieldOf(table: string, { name, type, nullable, labels }: ColumnShape): z.ZodType {
  const field = isColleague(name) ? Colleague : typeOf(table, { name, type, labels });
  return nullable ? field.nullable() : field;
}

function typeOf(
  table: string,
  { name, type, labels }: Pick<ColumnShape, "labels" | "name" | "type">,
): z.ZodType {
  if (labels) {
    return z.enum(labels);
  }
  if (type === "bytea") {
    return isWords(table, exportedName(name)) ? Words : Sealed;
  }
  return byType[type] ?? z.unknown();
}

/** The same as a JSON Schema, for programs that read the export. */
export function jsonSchemaOf(name: string, what: string, shape: RecordShape): object {
  const schema = z.toJSONSchema(z.array(shape), { unrepresentable: "any" });
  return { title: name, description: what, ...schema };
}
