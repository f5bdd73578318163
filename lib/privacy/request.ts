import { Refusal } from "@/lib/errors";
import { newId } from "@/lib/id";
import type { Tx } from "@/lib/storage/schema";
import { audit } from "./audit";
import { addCalendarMonth } from "./calendar";
import { anonymizeUserId } from "./index-hash";
import type {
  DataRequestPage,
  DataRequestView,
  RequestKind,
  RequestReason,
} from "./schema-request";
import { inTransaction } from "./store-erase";
import {
  findRequestRow,
  findRequests,
  hasOpenRequest,
  insertRequest,
  lockCustomer,
  moveRequest,
  type RequestFilter,
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
};

/** Sends the job that will run the request, in the transaction that decides it. */
type Enqueue = (tx: Tx, requestId: string) => Promise<void>;

/**
 * Opens a request for a person's data or its erasure, due in one calendar month. One open request of a kind per person
 * (`request_open`). With `enqueue` it starts at once; without, an admin starts it by `startRequest`.
 */
export async function openRequest(
  opening: Opening,
  enqueue?: Enqueue,
  now = new Date(),
): Promise<DataRequestView> {
  const { kind, customerId, openedBy, openedById, reason } = opening;
  if (openedBy === "customer" && openedById !== customerId) {
    throw new Refusal("not_found");
  }
  return await inTransaction(async (tx) => {
    if (!(await lockCustomer(customerId, tx))) {
      throw new Refusal("not_found");
    }
    if (await hasOpenRequest(customerId, kind, tx)) {
      throw new Refusal("request_open");
    }
    const id = newId();
    const pseudonym = anonymizeUserId(customerId);
    const times = { receivedAt: now, dueAt: addCalendarMonth(now) };
    await insertRequest({ id, pseudonym, ...opening, ...times }, tx);
    const actor = openedBy === "staff" ? openedById : "customer";
    const metadata = { requestId: id, kind, reason };
    await audit(tx, { actor, customerId, action: "request_opened", metadata });
    if (enqueue) {
      await moveRequest(id, ["received"], "waiting", tx);
      await enqueue(tx, id);
    }
    return await requireRow(id, tx);
  });
}

/** An admin has confirmed: the request waits for its job. Also tries a failed one again. */
export async function startRequest(requestId: string, enqueue: Enqueue): Promise<DataRequestView> {
  return await inTransaction(async (tx) => {
    if (!(await moveRequest(requestId, ["received", "failed"], "waiting", tx))) {
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
    if (!(await moveRequest(requestId, ["received", "waiting"], "withdrawn", tx))) {
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

/** Requests, newest first; a customer is shown their own only. `next` is the `before` of the following page. */
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

async function requireRow(id: string, tx: Tx): Promise<DataRequestView> {
  const row = await findRequestRow(id, undefined, tx);
  if (!row) {
    throw new Refusal("not_found");
  }
  return row;
}
