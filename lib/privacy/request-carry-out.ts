import { Refusal } from "@/lib/errors";
import type { Tx } from "@/lib/storage/schema";
import { audit } from "./audit";
import { openStatement, restoreStatement } from "./request-statement";
import type { DataRequestView } from "./schema-request";
import type { StatementField } from "./schema-request-flow";
import { inTransaction } from "./store-erase";
import { moveRequest, requireRow } from "./store-request";
import {
  changeRequest,
  type HeldRequest,
  holdRequest,
  restrictCustomer,
  switchPurposesOff,
  unrestrictCustomer,
} from "./store-request-flow";

/**
 * Carries out what takes one step, in the transaction that decides it: a restriction, an objection. They protect the
 * person and can be taken back, so nobody has to allow them. Every other kind is left as it is.
 */
export async function carryOut(
  {
    id: requestId,
    kind,
    customerId,
    state,
  }: Pick<HeldRequest, "id" | "kind" | "customerId" | "state">,
  actor: string,
  tx: Tx,
): Promise<boolean> {
  if (!customerId || (kind !== "restriction" && kind !== "objection")) {
    return false;
  }
  if (kind === "restriction") {
    await restrictCustomer(customerId, tx);
  } else {
    await switchPurposesOff(customerId, tx);
  }
  await moveRequest(requestId, ["received"], "approved", tx);
  if (!(await moveRequest(requestId, ["approved"], "done", tx))) {
    throw new Error(`A request that was ${state} could not be carried out`);
  }
  const metadata = { requestId, kind };
  await audit(tx, { actor, customerId, action: "request_carried_out", metadata });
  return true;
}

/**
 * Lifts a restriction: what is kept is processed again. By the customer, or by an admin, of which the customer is told.
 * Nothing restricted is `request_state`.
 */
export async function liftRestriction(
  by: { kind: "customer"; id: string } | { kind: "staff"; id: string },
  customerId: string,
): Promise<void> {
  if (by.kind === "customer" && by.id !== customerId) {
    throw new Refusal("not_found");
  }
  await inTransaction(async (tx) => {
    if (!(await unrestrictCustomer(customerId, by.kind, tx))) {
      throw new Refusal("request_state");
    }
    const actor = by.kind === "staff" ? by.id : "customer";
    await audit(tx, { actor, customerId, action: "restriction_lifted" });
  });
}

/** Puts right what the customer said is wrong, in the transaction that ends their request. Values are in clear. */
export type Correct = (
  said: { customerId: string; field: StatementField; value: string },
  tx: Tx,
) => Promise<void>;

/**
 * An admin has agreed that something is wrong, and it is put right: what we keep ourselves by `correct`, all else by hand
 * in the systems where it stands. Ends the request.
 */
export async function correctAsAsked(
  admin: { id: string },
  requestId: string,
  correct: Correct,
): Promise<DataRequestView> {
  const opened = await openStatement(requestId);
  if (!opened) {
    throw new Refusal("not_found");
  }
  const { field, after } = await restoreStatement(opened.key, opened.statement);
  return await inTransaction(async (tx) => {
    const held = await holdRequest(requestId, tx);
    if (held?.kind !== "rectification" || !held.customerId) {
      throw new Refusal("not_found");
    }
    const { customerId, kind } = held;
    await moveRequest(requestId, ["received"], "approved", tx);
    if (!(await moveRequest(requestId, ["approved"], "done", tx))) {
      throw new Refusal("request_state");
    }
    await correct({ customerId, field, value: after }, tx);
    await changeRequest(requestId, { decidedById: admin.id, decidedAt: new Date() }, tx);
    const metadata = { requestId, kind, reason: field };
    await audit(tx, { actor: admin.id, customerId, action: "request_carried_out", metadata });
    return await requireRow(requestId, tx);
  });
}
