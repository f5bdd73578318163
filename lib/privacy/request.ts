import { Refusal } from "@/lib/errors";
import { newId } from "@/lib/id";
import type { Tx } from "@/lib/storage/schema";
import { audit } from "./audit";
import { addCalendarMonth } from "./calendar";
import { anonymizeUserId } from "./index-hash";
import { carryOut } from "./request-carry-out";
import { sealStatement } from "./request-statement";
import type {
  DataRequestPage,
  DataRequestView,
  RequestKind,
  RequestReason,
} from "./schema-request";
import { type Statement, withdrawableStates } from "./schema-request-flow";
import { inTransaction } from "./store-erase";
import {
  findOpenRequest,
  findRequestRow,
  findRequests,
  insertRequest,
  lockCustomer,
  moveRequest,
  type RequestFilter,
  requireRow,
} from "./store-request";

/** Who asks: the customer, about themselves only, or staff. */
export type Asker =
  | { kind: "customer"; id: string }
  | { kind: "staff"; id: string; role: "lead" | "admin" };

type Opening = {
  kind: RequestKind;
  customerId: string;
  openedBy: "customer" | "staff";
  openedById: string;
  reason: RequestReason;
  /** The person typed their password, or has to type a code before anybody looks at it. */
  known?: "password" | "code_to_come";
  /** What is wrong and what is right, as it was written. */
  statement?: Statement;
  /** The letter's date of receipt, from which the month counts. */
  receivedAt?: Date;
  joinedToId?: string;
};

/** Sends the job that will run the request, in the transaction that decides it. */
export type Enqueue = (tx: Tx, requestId: string, startAfterSeconds?: number) => Promise<void>;

/**
 * Opens a request of a person, due in one calendar month from its receipt. A second one of a kind that is still open
 * joins the first: a customer is answered with that one, a colleague's is kept as its duplicate. Opened online without
 * a password it waits for its code (`identity_check`).
 */
export async function openRequest(opening: Opening, now = new Date()): Promise<DataRequestView> {
  const { customerId, openedBy, openedById } = opening;
  if (openedBy === "customer" && openedById !== customerId) {
    throw new Refusal("not_found");
  }
  return await inTransaction(async (tx) => {
    const owner = await lockCustomer(customerId, tx);
    if (!owner) {
      throw new Refusal("not_found");
    }
    const known = await findOpenRequest(customerId, opening.kind, tx);
    if (known && openedBy === "customer") {
      return await requireRow(known, tx);
    }
    const id = await insertOpening(opening, owner, known, now, tx);
    if (opening.known === "password" && !known) {
      await carryOut({ id, kind: opening.kind, customerId, state: "received" }, "customer", tx);
    }
    return await requireRow(id, tx);
  });
}

async function insertOpening(
  opening: Opening,
  owner: { id: string; keyEpoch: number },
  known: string | null,
  now: Date,
  tx: Tx,
): Promise<string> {
  const { kind, openedBy, openedById, reason, statement, joinedToId = null } = opening;
  const id = newId();
  const receivedAt = opening.receivedAt ?? now;
  const { byCode, ...standing } = standingOf(opening, known);
  await insertRequest(
    {
      id,
      kind,
      customerId: owner.id,
      pseudonym: anonymizeUserId(owner.id),
      openedBy,
      openedById,
      reason,
      receivedAt,
      dueAt: addCalendarMonth(receivedAt),
      ...standing,
      codeIssuedAt: byCode ? now : null,
      statementSealed: statement ? await sealStatement(owner, id, statement, tx) : null,
      duplicateOfId: known,
      joinedToId,
      finishedAt: known ? now : null,
    },
    tx,
  );
  const act = {
    actor: openedBy === "staff" ? openedById : "customer",
    customerId: owner.id,
  };
  await audit(tx, { ...act, action: "request_opened", metadata: { requestId: id, kind, reason } });
  if (known) {
    await audit(tx, { ...act, action: "request_duplicate", metadata: { requestId: id, kind } });
  }
  return id;
}

function standingOf({ openedBy, known: proof }: Opening, sameKind: string | null) {
  const byCode = proof === "code_to_come";
  const confirmedBy = proof === "password" ? proof : null;
  return {
    byCode,
    state: sameKind
      ? ("duplicate" as const)
      : byCode
        ? ("identity_check" as const)
        : ("received" as const),
    confirmedBy: openedBy === "staff" ? ("staff" as const) : confirmedBy,
  };
}

/** Somebody asked of whom we hold nothing: that is the answer, and the request is closed with it. */
export async function recordNothingHeld(
  opening: { kind: RequestKind; reason: RequestReason; openedById: string; receivedAt: Date },
  now = new Date(),
): Promise<DataRequestView> {
  const { kind, reason, openedById, receivedAt } = opening;
  return await inTransaction(async (tx) => {
    const id = newId();
    await insertRequest(
      {
        id,
        kind,
        customerId: null,
        // Nobody's: it only has to differ from everybody's.
        pseudonym: anonymizeUserId(id),
        openedBy: "staff",
        openedById,
        reason,
        receivedAt,
        dueAt: addCalendarMonth(receivedAt),
        state: "done",
        finishedAt: now,
        answer: "nothing_held",
      },
      tx,
    );
    const metadata = { requestId: id, kind, reason };
    await audit(tx, { actor: openedById, action: "request_opened", metadata });
    await audit(tx, {
      actor: openedById,
      action: "request_carried_out",
      metadata: { requestId: id, kind, reason: "nothing_held" },
    });
    return await requireRow(id, tx);
  });
}

/** Tries a request again that has failed, or begins one that was approved: it waits for its job. */
export async function startRequest(requestId: string, enqueue: Enqueue): Promise<DataRequestView> {
  return await inTransaction(async (tx) => {
    if (!(await moveRequest(requestId, ["approved", "failed"], "waiting", tx))) {
      throw new Refusal(
        (await findRequestRow(requestId, undefined, tx)) ? "request_state" : "not_found",
      );
    }
    await enqueue(tx, requestId);
    return await requireRow(requestId, tx);
  });
}

/** The customer takes a request back that has not begun. */
export async function withdrawRequest(customerId: string, requestId: string): Promise<void> {
  await inTransaction(async (tx) => {
    const request = await findRequestRow(requestId, customerId, tx);
    if (!request) {
      throw new Refusal("not_found");
    }
    if (!(await moveRequest(requestId, withdrawableStates, "withdrawn", tx))) {
      throw new Refusal("request_state");
    }
    const metadata = { requestId, kind: request.kind };
    await audit(tx, { actor: "customer", customerId, action: "request_withdrawn", metadata });
  });
}

/** The request, for its owner or staff; absent and foreign are both null. */
export async function findRequest(
  asker: Asker,
  requestId: string,
): Promise<DataRequestView | null> {
  return await findRequestRow(requestId, asker.kind === "customer" ? asker.id : undefined);
}

/** Requests, newest first (with `open: true` by their due date); a customer is shown their own only. `next` is the `before` of the following page. */
export async function listRequests(
  asker: Asker,
  { limit = 25, ...filter }: RequestFilter & { limit?: number } = {},
): Promise<DataRequestPage> {
  const size = Math.min(Math.max(1, limit), 100);
  const own = asker.kind === "customer" ? { customerId: asker.id } : {};
  const found = await findRequests({ ...filter, ...own }, size + 1);
  const requests = found.slice(0, size);
  return { requests, next: found.length > size ? (requests.at(-1)?.id ?? null) : null };
}
