import { z } from "zod";
import { Refusal } from "@/lib/errors";
import { db } from "@/lib/storage";
import type { Tx } from "@/lib/storage/schema";
import {
  type DataRequestView,
  type RequestKind,
  RequestReason,
  type RequestState,
} from "./schema-request";
import { ExtensionReason, mayMove, openStates, RefusalReason } from "./schema-request-flow";

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
  kind: RequestKind;
  /** Null where we hold nothing of whoever asked. */
  customerId: string | null;
  pseudonym: string;
  openedBy: "customer" | "staff";
  openedById: string | null;
  reason: RequestReason;
  receivedAt: Date;
  dueAt: Date;
  state?: RequestState;
  confirmedBy?: "password" | "code" | "staff" | null;
  codeIssuedAt?: Date | null;
  statementSealed?: Uint8Array<ArrayBuffer> | null;
  duplicateOfId?: string | null;
  joinedToId?: string | null;
  answer?: "nothing_held" | null;
  finishedAt?: Date | null;
};

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

/** The person's open request of a kind, the oldest first: a newer one says it again. */
export async function findOpenRequest(
  customerId: string,
  kind: RequestKind,
  tx: Tx,
): Promise<string | null> {
  const row = await db(tx).dataRequest.findFirst({
    where: { customerId, kind, state: { in: [...openStates] } },
    orderBy: { id: "asc" },
    select: { id: true },
  });
  return row?.id ?? null;
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

/** The same where it must be there. */
export async function requireRow(id: string, tx: Tx): Promise<DataRequestView> {
  const row = await findRequestRow(id, undefined, tx);
  if (!row) {
    throw new Refusal("not_found");
  }
  return row;
}

export type RequestFilter = {
  customerId?: string | undefined;
  kind?: RequestKind | undefined;
  state?: RequestState | undefined;
  /** Only those that are not answered yet, or only those that are. */
  open?: boolean | undefined;
  /** The id of the last request of the page before. */
  before?: string | undefined;
};

export async function findRequests(
  filter: RequestFilter,
  limit: number,
): Promise<DataRequestView[]> {
  const { before, open, ...equal } = filter;
  const given = Object.fromEntries(Object.entries(equal).filter(([, value]) => value));
  const states = [...openStates];
  const standing = open === undefined ? {} : { state: open ? { in: states } : { notIn: states } };
  const rows = await db().dataRequest.findMany({
    // Ids are UUIDv7, so they sort by the time of receipt.
    where: { ...standing, ...given, ...(before ? { id: { lt: before } } : {}) },
    // What is open is shown by when it is due, so that what is overdue stands first.
    orderBy: open ? [{ dueAt: "asc" }, { id: "asc" }] : { id: "desc" },
    take: limit,
    include: withParts,
  });
  return rows.map(toView);
}

/**
 * Moves a request from one of `from` to `to`; false when it was in none of them. Only what the table of moves knows is
 * done, whoever asks.
 */
export async function moveRequest(
  id: string,
  from: readonly RequestState[],
  to: RequestState,
  tx?: Tx,
): Promise<boolean> {
  const possible = from.filter((state) => mayMove(state, to));
  if (possible.length === 0) {
    throw new Error(`No request goes from ${from.join(" or ")} to ${to}`);
  }
  const { count } = await db(tx).dataRequest.updateMany({
    where: { id, state: { in: possible } },
    data: {
      state: to,
      ...(to === "running" ? { startedAt: new Date(), failure: null } : {}),
      ...(openStates.includes(to) ? {} : { finishedAt: new Date() }),
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

const FoundIn = z.looseObject({ step: z.literal("left_over"), foundIn: z.array(z.string()) });

/** The last failure's places, from the progress: `left_over` is no step. */
function foundIn(progress: unknown): string[] {
  const found = Array.isArray(progress) ? progress.map((each) => FoundIn.safeParse(each)) : [];
  return found.findLast(({ success }) => success)?.data?.foundIn ?? [];
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
    extended: extensionOf(row),
    refusalReason: RefusalReason.nullable().catch(null).parse(row.refusalReason),
    duplicateOfId: row.duplicateOfId,
    joinedToId: row.joinedToId,
    confirmedBy: oneOf(["password", "code", "staff"], row.confirmedBy),
    runAfter: row.runAfter?.toISOString() ?? null,
    lifted: row.liftedAt && {
      at: row.liftedAt.toISOString(),
      by: row.liftedBy === "staff" ? "staff" : "customer",
    },
    answer: oneOf(["nothing_held"], row.answer),
    startedAt: row.startedAt?.toISOString() ?? null,
    finishedAt: row.finishedAt?.toISOString() ?? null,
    steps: Step.array()
      .parse(row.progress)
      .map(({ step }) => step),
    failure: row.failure,
    foundIn: row.failure === null ? [] : foundIn(row.progress),
    download: file ? { bytes: file.bytes, expiresAt: file.expiresAt.toISOString() } : null,
    receiptId: row.receipts[0]?.id ?? null,
  };
}

function extensionOf({ extendedAt, extensionReason }: Row): DataRequestView["extended"] {
  const reason = ExtensionReason.catch("complex").parse(extensionReason);
  return extendedAt && { at: extendedAt.toISOString(), reason };
}

function oneOf<Word extends string>(words: readonly Word[], word: string | null): Word | null {
  return words.find((each) => each === word) ?? null;
}
