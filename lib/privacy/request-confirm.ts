import { createHmac, timingSafeEqual } from "node:crypto";
import { env } from "@/lib/env";
import { Refusal } from "@/lib/errors";
import type { Tx } from "@/lib/storage/schema";
import { audit } from "./audit";
import { carryOut } from "./request-carry-out";
import type { DataRequestView } from "./schema-request";
import { CODE_MINUTES, CODE_TRIES_MAX } from "./schema-request-flow";
import { inTransaction } from "./store-erase";
import { findRequestRow, moveRequest, requireRow } from "./store-request";
import {
  changeRequest,
  findForDecision,
  type HeldRequest,
  holdRequest,
} from "./store-request-flow";

const DIGITS = 6;
const CODES = 10 ** DIGITS;

/** Six digits that belong to this request and this moment. Worked out anew each time, so that it is kept nowhere. */
function codeOf(requestId: string, issuedAt: Date): string {
  const mac = createHmac("sha256", env.PEPPER_INDEX)
    .update(`recollect/1/request-code\0${requestId}\0${issuedAt.toISOString()}`)
    .digest();
  return String(mac.readUInt32BE(0) % CODES).padStart(DIGITS, "0");
}

/**
 * The code that confirms a request, for whoever brings it to the person: their mail, or the page on which they are. Null
 * where none is asked for (any more), or it is over.
 */
export async function findRequestCode(
  requestId: string,
  now = new Date(),
): Promise<{ code: string; customerId: string; expiresAt: string } | null> {
  const held = await findForDecision(requestId);
  const { state, customerId, codeIssuedAt } = held ?? {};
  if (state !== "identity_check" || !customerId || !codeIssuedAt || isOver(codeIssuedAt, now)) {
    return null;
  }
  const expiresAt = new Date(codeIssuedAt.getTime() + CODE_MINUTES * 60_000).toISOString();
  return { code: codeOf(requestId, codeIssuedAt), customerId, expiresAt };
}

function isOver(issuedAt: Date, now: Date): boolean {
  return now.getTime() - issuedAt.getTime() > CODE_MINUTES * 60_000;
}

/** A new code in the place of one that is over or was mistyped too often; `send` brings it, in the same transaction. */
export async function renewRequestCode(
  customerId: string,
  requestId: string,
  send?: (tx: Tx) => Promise<void>,
  now = new Date(),
): Promise<void> {
  await inTransaction(async (tx) => {
    const held = await requireHeld(requestId, customerId, tx);
    if (held.state !== "identity_check") {
      throw new Refusal("request_state");
    }
    await changeRequest(requestId, { codeIssuedAt: now, codeTries: 0 }, tx);
    await send?.(tx);
  });
}

type Tried = { outcome: "right"; request: DataRequestView } | { outcome: "wrong" | "over" };

/**
 * The person has typed the code: it is them, and the request is received. What needs no admin is carried out in the same
 * transaction. `code_wrong`; after five wrong ones or half an hour `code_over`, and a new one is needed.
 */
export async function confirmRequest(
  customerId: string,
  requestId: string,
  code: string,
  now = new Date(),
): Promise<DataRequestView> {
  // A wrong try is counted, so it must not be rolled back with its refusal.
  const tried = await inTransaction(async (tx): Promise<Tried> => {
    const held = await requireHeld(requestId, customerId, tx);
    if (held.state !== "identity_check") {
      throw new Refusal("request_state");
    }
    const { kind, codeIssuedAt, codeTries } = held;
    if (!codeIssuedAt || isOver(codeIssuedAt, now) || codeTries >= CODE_TRIES_MAX) {
      return { outcome: "over" };
    }
    if (!isSame(code, codeOf(requestId, codeIssuedAt))) {
      const count = codeTries + 1;
      await changeRequest(requestId, { codeTries: count }, tx);
      const metadata = { requestId, kind, count };
      await audit(tx, {
        actor: "customer",
        customerId,
        action: "request_confirmation_failed",
        metadata,
      });
      return { outcome: "wrong" };
    }
    await confirmed(held, { actor: "customer", by: "code" }, tx);
    return { outcome: "right", request: await requireRow(requestId, tx) };
  });
  if (tried.outcome === "right") {
    return tried.request;
  }
  throw new Refusal(tried.outcome === "wrong" ? "code_wrong" : "code_over");
}

function isSame(given: string, expected: string): boolean {
  const [left, right] = [given, expected].map((text) => Buffer.from(text.replaceAll(/\s/g, "")));
  return (
    left?.length === right?.length && timingSafeEqual(left ?? Buffer.of(), right ?? Buffer.of())
  );
}

/** An admin has made sure by other means that it is the person. */
export async function confirmForPerson(
  admin: { id: string },
  requestId: string,
): Promise<DataRequestView> {
  return await inTransaction(async (tx) => {
    const held = await requireHeld(requestId, undefined, tx);
    if (held.state !== "identity_check") {
      throw new Refusal("request_state");
    }
    await confirmed(held, { actor: admin.id, by: "staff" }, tx);
    return await requireRow(requestId, tx);
  });
}

/** An admin is not sure that it is the person: the request waits for a code that the person is shown where they are. */
export async function askIdentity(
  admin: { id: string },
  requestId: string,
  send?: (tx: Tx) => Promise<void>,
  now = new Date(),
): Promise<DataRequestView> {
  return await inTransaction(async (tx) => {
    const { customerId, kind } = await requireHeld(requestId, undefined, tx);
    if (!(customerId && (await moveRequest(requestId, ["received"], "identity_check", tx)))) {
      throw new Refusal("request_state");
    }
    const unknown = { confirmedBy: null, codeIssuedAt: now, codeTries: 0 };
    await changeRequest(requestId, unknown, tx);
    const metadata = { requestId, kind };
    await audit(tx, { actor: admin.id, customerId, action: "request_identity_asked", metadata });
    await send?.(tx);
    return await requireRow(requestId, tx);
  });
}

async function confirmed(
  held: HeldRequest,
  { actor, by }: { actor: string; by: "code" | "staff" },
  tx: Tx,
): Promise<void> {
  const { id: requestId, kind, customerId } = held;
  await moveRequest(requestId, ["identity_check"], "received", tx);
  await changeRequest(requestId, { confirmedBy: by, codeIssuedAt: null }, tx);
  const metadata = { requestId, kind, reason: by };
  const whose = customerId ? { customerId } : {};
  await audit(tx, { actor, ...whose, action: "request_confirmed", metadata });
  if (held.openedBy === "customer") {
    await carryOut(held, "customer", tx);
  }
}

async function requireHeld(
  requestId: string,
  customerId: string | undefined,
  tx: Tx,
): Promise<HeldRequest> {
  const held = await holdRequest(requestId, tx, customerId);
  if (!held) {
    throw new Refusal(
      (await findRequestRow(requestId, customerId, tx)) ? "unavailable" : "not_found",
    );
  }
  return held;
}
