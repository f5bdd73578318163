import { z } from "zod";
import { newId } from "@/lib/id";
import { db } from "@/lib/storage";
import type { Tx } from "@/lib/storage/schema";
import type { ConsentPurposes, ConsentText, ConsentVersionView, ConsentView } from "./schema";

/** Stores an agreement, and the words that it was given to where they were not stored yet. */
export async function insertConsent(
  customerId: string,
  text: ConsentText,
  purposes: ConsentPurposes,
  tx: Tx,
): Promise<void> {
  await insertVersion(text, null, tx);
  await db(tx).consent.create({
    data: {
      id: newId(),
      customerId,
      textVersion: text.version,
      textHash: text.hash,
      ...purposes,
    },
  });
}

/** Stores the words of a version, as they are shown; twice is once. */
export async function insertVersion(
  { version, askedSince, hash, title, points, controller, contact }: ConsentText,
  by: string | null,
  tx: Tx,
): Promise<void> {
  await db(tx).$executeRaw`
    INSERT INTO "ConsentVersion" (version, hash, title, points, controller, contact, asks, created_by)
    VALUES (${version}, ${hash}, ${title}, ${JSON.stringify(points)}::jsonb, ${controller}, ${contact},
      ${askedSince === version}, ${by})
    ON CONFLICT (version) DO NOTHING`;
}

export async function findVersions(): Promise<ConsentVersionView[]> {
  const rows = await db().consentVersion.findMany({ orderBy: { version: "desc" }, take: 50 });
  return rows.map(({ points, createdAt, ...row }) => ({
    ...row,
    points: z.array(z.string()).parse(points),
    createdAt: createdAt.toISOString(),
  }));
}

export async function findLatestConsent(
  customerId: string,
  text: Pick<ConsentText, "askedSince">,
): Promise<ConsentView | null> {
  const [row] = await db().$queryRaw<Row[]>`
    SELECT text_version AS "textVersion", memory, analytics, created_at AS "createdAt"
    FROM "Consent" WHERE customer_id = ${customerId}::uuid
    ORDER BY created_at DESC, id DESC LIMIT 1`;
  return row
    ? {
        textVersion: row.textVersion,
        memory: row.memory,
        analytics: row.analytics,
        givenAt: row.createdAt.toISOString(),
        current: row.textVersion >= text.askedSince,
      }
    : null;
}

type Row = { textVersion: number; memory: boolean; analytics: boolean; createdAt: Date };
