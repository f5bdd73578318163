import { db } from "@/lib/storage";

/** A column as the database has it; `labels` are the words of an enum. */
export type ColumnShape = {
  name: string;
  type: string;
  nullable: boolean;
  labels: string[] | null;
  /** It refers to a colleague's row, which only this installation has. */
  refersToStaff: boolean;
};

/** The columns of one of our tables, in their order. Empty where there is no such table. */
export async function listColumns(table: string): Promise<ColumnShape[]> {
  return await db().$queryRaw<ColumnShape[]>`
    SELECT a.attname::text AS name, t.typname::text AS type, NOT a.attnotnull AS nullable,
      (SELECT array_agg(e.enumlabel::text ORDER BY e.enumsortorder) FROM pg_enum e
       WHERE e.enumtypid = t.oid) AS labels,
      EXISTS (SELECT 1 FROM pg_constraint k WHERE k.contype = 'f' AND k.conrelid = c.oid
        AND k.confrelid = '"User"'::regclass AND a.attnum = ANY(k.conkey)) AS "refersToStaff"
    FROM pg_class c JOIN pg_attribute a ON a.attrelid = c.oid JOIN pg_type t ON t.oid = a.atttypid
    WHERE c.relnamespace = 'public'::regnamespace AND c.relname = ${table}
      AND a.attnum > 0 AND NOT a.attisdropped
    ORDER BY a.attnum`;
}
