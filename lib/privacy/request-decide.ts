import { Refusal } from "@/lib/errors";
import type { Tx } from "@/lib/storage/schema";
import { audit } from "./audit";
import { addCalendarMonths } from "./calendar";
import type { Enqueue } from "./request";
import { carryOut } from "./request-carry-out";
import type { DataRequestView } from "./schema-request";
import {
  ALONE_HOURS,
  decidableStates,
  type ExtensionReason,
  isOpenState,
  type RefusalReason,
  runByJob,
} from "./schema-request-flow";
import { inTransaction } from "./store-erase";
import { moveRequest, requireRow } from "./store-request";
import {
  changeRequest,
  findForDecision,
  type HeldRequest,
  holdRequest,
} from "./store-request-flow";

type Admin = { id: string };

/** Active admins beside this one, under the lock that a change of admins takes. */
export type CountOthers = (adminId: string, tx?: Tx) => Promise<number>;

/**
 * Who may say yes: anybody with the role, but to an erasure that staff opened only another admin than its opener. Where
 * there is none, the opener themselves, after their password and a wait of 24 hours.
 */
export type Approval = "yes" | "another_admin" | "alone";

function approvalOf(held: HeldRequest, admin: Admin, others: number): Approval {
  const own = held.kind === "erasure" && held.openedBy === "staff" && held.openedById === admin.id;
  if (!own) {
    return "yes";
  }
  return others > 0 ? "another_admin" : "alone";
}

/** What this admin may do about a request that is to be decided, for its page. */
export async function findApproval(
  admin: Admin,
  requestId: string,
  countOthers: CountOthers,
): Promise<Approval> {
  const held = await findForDecision(requestId);
  return held ? approvalOf(held, admin, await countOthers(admin.id)) : "another_admin";
}

type Approving = {
  enqueue: Enqueue;
  countOthers: CountOthers;
  /** They have typed their password a moment ago. */
  reauthenticated: boolean;
};

/**
 * Says yes. What a job does is begun, now or after 24 hours (see `Approval`); a restriction or an objection is carried
 * out at once; a rectification waits for whoever puts it right. Refuses `second_admin`, `password_wrong` where it was not
 * typed and has to be, and `request_state`.
 */
export async function approveRequest(
  admin: Admin,
  requestId: string,
  { enqueue, countOthers, reauthenticated }: Approving,
  now = new Date(),
): Promise<DataRequestView> {
  return await decide(requestId, async (held, tx) => {
    const approval = approvalOf(held, admin, await countOthers(admin.id, tx));
    requireApproval(approval, reauthenticated);
    if (!(await moveRequest(requestId, ["received"], "approved", tx))) {
      throw new Refusal("request_state");
    }
    const waitSeconds = approval === "alone" ? ALONE_HOURS * 3_600 : 0;
    const runAfter = waitSeconds ? new Date(now.getTime() + waitSeconds * 1_000) : null;
    await changeRequest(requestId, { decidedById: admin.id, decidedAt: now, runAfter }, tx);
    await write(held, admin, "request_approved", { reason: approval }, tx);
    await begin(held, admin, { enqueue, waitSeconds }, tx);
  });
}

function requireApproval(approval: Approval, reauthenticated: boolean): void {
  if (approval === "another_admin") {
    throw new Refusal("second_admin");
  }
  if (approval === "alone" && !reauthenticated) {
    throw new Refusal("password_wrong");
  }
}

async function begin(
  held: HeldRequest,
  admin: Admin,
  { enqueue, waitSeconds }: { enqueue: Enqueue; waitSeconds: number },
  tx: Tx,
): Promise<void> {
  if (!runByJob.includes(held.kind)) {
    await carryOut(held, admin.id, tx);
    return;
  }
  await moveRequest(held.id, ["approved"], "waiting", tx);
  await enqueue(tx, held.id, waitSeconds || undefined);
}

/** Says no, with a reason that the person is told. */
export async function refuseRequest(
  admin: Admin,
  requestId: string,
  reason: RefusalReason,
): Promise<DataRequestView> {
  return await decide(requestId, async (held, tx) => {
    const from = [...decidableStates, "approved", "failed"] as const;
    if (!(await moveRequest(requestId, from, "refused", tx))) {
      throw new Refusal("request_state");
    }
    const decided = { refusalReason: reason, decidedById: admin.id, decidedAt: new Date() };
    await changeRequest(requestId, decided, tx);
    await write(held, admin, "request_refused", { reason }, tx);
  });
}

/**
 * Two further months, once, with a reason that the person is told. They must be told within the first month, so later it
 * is `extension_late`.
 */
export async function extendRequest(
  admin: Admin,
  requestId: string,
  reason: ExtensionReason,
  now = new Date(),
): Promise<DataRequestView> {
  return await decide(requestId, async (held, tx) => {
    if (held.extendedAt || !isOpenState(held.state)) {
      throw new Refusal("request_state");
    }
    if (now > held.dueAt) {
      throw new Refusal("extension_late");
    }
    const dueAt = addCalendarMonths(held.receivedAt, 3);
    await changeRequest(requestId, { dueAt, extendedAt: now, extensionReason: reason }, tx);
    await write(held, admin, "request_extended", { reason }, tx);
  });
}

/** Stops an erasure that waits because nobody else could approve it. Any admin may, until its hours are over. */
export async function stopWaiting(
  admin: Admin,
  requestId: string,
  now = new Date(),
): Promise<DataRequestView> {
  return await decide(requestId, async (held, tx) => {
    const waits = held.runAfter !== null && held.runAfter > now;
    if (!(waits && (await moveRequest(requestId, ["waiting"], "withdrawn", tx)))) {
      throw new Refusal("request_state");
    }
    await write(held, admin, "request_stopped", {}, tx);
  });
}

/** For its job: how many seconds it has still to wait, or null where there is nothing to run. */
export async function secondsUntilRun(requestId: string, now = new Date()): Promise<number | null> {
  const held = await findForDecision(requestId);
  if (!(held && ["waiting", "running", "failed"].includes(held.state))) {
    return null;
  }
  const leftMs = (held.runAfter?.getTime() ?? 0) - now.getTime();
  return Math.max(0, Math.ceil(leftMs / 1_000));
}

type Written = "request_approved" | "request_refused" | "request_extended" | "request_stopped";

async function write(
  { id: requestId, kind, customerId }: HeldRequest,
  admin: Admin,
  action: Written,
  more: { reason?: string },
  tx: Tx,
): Promise<void> {
  const whose = customerId ? { customerId } : {};
  await audit(tx, { actor: admin.id, ...whose, action, metadata: { requestId, kind, ...more } });
}

async function decide(
  requestId: string,
  act: (held: HeldRequest, tx: Tx) => Promise<void>,
): Promise<DataRequestView> {
  return await inTransaction(async (tx) => {
    const held = await holdRequest(requestId, tx);
    if (!held) {
      throw new Refusal("not_found");
    }
    await act(held, tx);
    return await requireRow(requestId, tx);
  });
}
