import { z } from "zod";
import { db } from "@/lib/storage";
import type { Tx } from "@/lib/storage/schema";
import { type DataRequestView, RequestReason, type RequestState } from "./schema-request";

/** A step that is done, with what later steps need to know. Lies in the request's `progress`. */
export const Step = z.looseObject({ step: z.string(), at: z.iso.datetime() });
export type Step = z.infer<typeof Step>;

const withParts = {
  exports: {
    where: { bytes: { gt: 0 } },
    select: { bytes: true, expiresAt: true },
    orderBy: { createdAt: "desc" },
    take: 1,
  },
  receipts: { select: { id: true }, take: 1 },
} as const;

async function findWhole(where: { id: string; customerId?: string }, tx?: Tx) {
  return await db(tx).dataRequest.findFirst({ where, include: withParts });
}
type Row = NonNullable<Awaited<ReturnType<typeof findWhole>>>;

export type NewRequest = {
  id: string;
  kind: "export" | "erasure";
  customerId: string;
  pseudonym: string;
  openedBy: "customer" | "staff";
  openedById: string | null;
  reason: RequestReason;
  receivedAt: Date;
  dueAt: Date;
  state?: RequestState;
};

const OPEN: RequestState[] = ["received", "running", "waiting", "failed"];

/** Holds the customer's row; null when there is none or it is being erased. */
export async function lockCustomer(
  id: string,
  tx: Tx,
): Promise<{ id: string; keyEpoch: number } | null> {
  const [row] = await db(tx).$queryRaw<{ id: string; keyEpoch: number }[]>`
    SELECT id::text, key_epoch AS "keyEpoch" FROM "Customer"
    WHERE id = ${id}::uuid AND state IN ('active', 'restricted') FOR NO KEY UPDATE`;
  return row ?? null;
}

export async function hasOpenRequest(
  customerId: string,
  kind: NewRequest["kind"],
  tx: Tx,
): Promise<boolean> {
  return (await db(tx).dataRequest.count({ where: { customerId, kind, state: { in: OPEN } } })) > 0;
}

export async function insertRequest(request: NewRequest, tx: Tx): Promise<void> {
  await db(tx).dataRequest.create({ data: request });
}

export async function findRequestRow(
  id: string,
  customerId?: string,
  tx?: Tx,
): Promise<DataRequestView | null> {
  const row = await findWhole(customerId ? { id, customerId } : { id }, tx);
  return row ? toView(row) : null;
}

export type RequestFilter = {
  customerId?: string | undefined;
  kind?: "export" | "erasure" | undefined;
  state?: RequestState | undefined;
  /** The id of the last request of the page before. */
  before?: string | undefined;
};

export async function findRequests(
  filter: RequestFilter,
  limit: number,
): Promise<DataRequestView[]> {
  const { before, ...equal } = filter;
  const given = Object.fromEntries(Object.entries(equal).filter(([, value]) => value));
  const rows = await db().dataRequest.findMany({
    // Ids are UUIDv7, so they sort by the time of receipt.
    where: { ...given, ...(before ? { id: { lt: before } } : {}) },
    orderBy: { id: "desc" },
    take: limit,
    include: withParts,
  });
  return rows.map(toView);
}

/** Moves a request from one of `from` to `to`; false when it was in none of them. */
export async function moveRequest(
  id: string,
  from: readonly RequestState[],
  to: RequestState,
  tx?: Tx,
): Promise<boolean> {
  const { count } = await db(tx).dataRequest.updateMany({
    where: { id, state: { in: [...from] } },
    data: {
      state: to,
      ...(to === "running" ? { startedAt: new Date(), failure: null } : {}),
      ...(to === "done" || to === "withdrawn" ? { finishedAt: new Date() } : {}),
    },
  });
  return count === 1;
}

/** Writes why a run failed, a code, unless the request is over. */
export async function failRequest(id: string, failure: string): Promise<void> {
  await db().dataRequest.updateMany({
    where: { id, state: "running" },
    data: { state: "failed", failure },
  });
}

export async function readSteps(id: string, tx?: Tx): Promise<Step[]> {
  const row = await db(tx).dataRequest.findUnique({ where: { id }, select: { progress: true } });
  return Step.array().parse(row?.progress ?? []);
}

export async function writeSteps(id: string, steps: readonly Step[], tx?: Tx): Promise<void> {
  await db(tx).dataRequest.update({ where: { id }, data: { progress: steps as object[] } });
}

function toView(row: Row): DataRequestView {
  const [file] = row.exports;
  return {
    id: row.id,
    kind: row.kind,
    state: row.state,
    customerId: row.customerId,
    pseudonym: row.pseudonym,
    openedBy: row.openedBy === "staff" ? "staff" : "customer",
    reason: RequestReason.catch("other").parse(row.reason),
    receivedAt: row.receivedAt.toISOString(),
    dueAt: row.dueAt.toISOString(),
    startedAt: row.startedAt?.toISOString() ?? null,
    finishedAt: row.finishedAt?.toISOString() ?? null,
    steps: Step.array()
      .parse(row.progress)
      .map(({ step }) => step),
    failure: row.failure,
    download: file ? { bytes: file.bytes, expiresAt: file.expiresAt.toISOString() } : null,
    receiptId: row.receipts[0]?.id ?? null,
  };
}
