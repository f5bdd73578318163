import { z } from "zod";
import { Refusal } from "@/lib/errors";
import { audit } from "./audit";
import { enterLedger } from "./enter-ledger";
import { keepPlan } from "./erasure-plan";
import { failureOf, LeftOver } from "./failure";
import { anonymizeUserId } from "./index-hash";
import { clearSnapshot } from "./key-snapshot";
import { destroyKey, forgetKey } from "./keys";
import { makeReceipt, readReceipt } from "./receipt";
import { LedgerEnd } from "./schema-ledger";
import type { DataMapEntry, ErasurePlan } from "./schema-map";
import type {
  DataRequestView,
  Erased,
  ErasurePreview,
  ErasureStep,
  Receipt,
} from "./schema-request";
import {
  closeReads,
  findConversationIds,
  findReceiptRow,
  finishErasure,
  inTransaction,
  lockRequest,
  stopTurns,
} from "./store-erase";
import { destroyExportKeys, findExportIds } from "./store-export";
import {
  failRequest,
  findRequestRow,
  moveRequest,
  readSteps,
  type Step,
  writeSteps,
} from "./store-request";
import { collectTraces } from "./store-traces";

type DataMap = readonly DataMapEntry[];

/**
 * What an erasure would remove, store by store, and what would stay and why. Changes nothing. A store that does not
 * answer says so instead of hiding the rest; the erasure itself waits for it.
 */
export async function previewErasure(
  customerId: string,
  dataMap: DataMap,
): Promise<ErasurePreview> {
  return await survey(customerId, dataMap, (error) => failureOf(error) === "redis_gone");
}

async function survey(
  customerId: string,
  dataMap: DataMap,
  mayFail: (error: unknown) => boolean,
): Promise<ErasurePreview> {
  const stores = [];
  const stays = [];
  for (const { name, kind, what, count, stays: staysOf } of dataMap) {
    const found = await count(customerId).catch((error: unknown) => {
      if (mayFail(error)) {
        return null;
      }
      throw error;
    });
    const silent = `${what} (does not answer now; counted when the erasure runs)`;
    stores.push({ name, kind, what: found === null ? silent : what, found: found ?? 0 });
    for (const kept of (await staysOf?.(customerId)) ?? []) {
      stays.push({ store: name, ...kept });
    }
  }
  return { customerId, pseudonym: anonymizeUserId(customerId), stores, stays };
}

/** A replay of the erasure ledger: the line of the erasure is there already. */
type Replay = { entered?: LedgerEnd };

/**
 * Erases a person, stage 1: reads closed, a line in the ledger outside the database, turns stopped, key destroyed, every
 * store cleared and searched, receipt signed. Every step is safe to do twice and is noted when done, so a run that was killed anywhere is run again.
 * The request is done when `sweepErasure`, stage 2, has searched what freed space may hold.
 */
export async function runErasure(
  requestId: string,
  dataMap: DataMap,
  { entered }: Replay = {},
): Promise<Erased> {
  const request = await findRequestRow(requestId);
  if (request?.kind !== "erasure") {
    throw new Refusal("not_found");
  }
  const row = await findReceiptRow(requestId);
  if (row !== null) {
    return answer(readReceipt(row));
  }
  if (!(await moveRequest(requestId, ["received", "waiting", "failed", "running"], "running"))) {
    throw new Refusal("request_state");
  }
  try {
    return answer(await erase(request, dataMap, entered));
  } catch (error) {
    await failRequest(requestId, failureOf(error));
    throw error;
  }
}

function answer(receipt: Receipt): Erased {
  return { status: "deleted", user: receipt.body.user, receipt };
}

async function erase(
  request: DataRequestView,
  dataMap: DataMap,
  entered?: LedgerEnd,
): Promise<Receipt> {
  const { id: requestId, customerId } = request;
  if (!customerId) {
    throw new Refusal("request_state");
  }
  const steps = await readSteps(requestId);
  const step = async (
    name: ErasureStep | "traces_kept",
    work: () => Promise<unknown>,
  ): Promise<void> => {
    if (!steps.some((each) => each.step === name)) {
      const noted = await work();
      steps.push({ step: name, at: new Date().toISOString(), ...(noted ?? {}) });
      await writeSteps(requestId, steps);
    }
  };
  await step("reads_closed", async () => {
    await inTransaction((tx) => closeReads(customerId, tx));
    forgetKey(customerId);
  });
  await step("planned", () => plan(customerId, dataMap));
  const noted = planOf(steps);
  if (hasSecondStage(request)) {
    await step("traces_kept", () => keepTraces(requestId, customerId, noted));
  }
  // Before anything is destroyed: a ledger that cannot be written stops an erasure that an old copy could undo.
  await step("ledger_written", async () => ({
    ledger: entered ?? (await enterLedger(customerId, request)),
  }));
  await step("turns_stopped", () => stopTurns(customerId));
  await step("key_destroyed", () => destroyKeys(customerId));
  await step("snapshot_cleared", () => clearSnapshot([customerId, ...noted.keyOwners]));
  await step("stores_cleared", () => clear(customerId, dataMap, noted));
  await step("scanned", () => scan(customerId, dataMap, noted));
  return await finish(request, customerId, steps);
}

const Plan = z.object({
  conversationIds: z.array(z.string()),
  /** Whose keys are the person's beside their own: their exports'. */
  keyOwners: z.array(z.string()).default([]),
  stores: z.array(z.object({ name: z.string(), kind: z.string(), found: z.number() })),
  stays: z.array(
    z.object({ store: z.string(), item: z.string(), basis: z.string(), until: z.string() }),
  ),
});

/** For the second stage, sealed under a key of its own: nobody can read it afterwards any more. */
async function keepTraces(requestId: string, customerId: string, noted: Noted): Promise<void> {
  const { conversationIds, keyOwners } = noted;
  const stores = noted.stores.filter(({ found }) => found > 0).map(({ name }) => name);
  await keepPlan(
    requestId,
    await collectTraces({ customerId, conversationIds, keyOwners, stores }),
  );
}

type Noted = z.infer<typeof Plan>;

async function plan(customerId: string, dataMap: DataMap): Promise<Noted> {
  const { stores, stays } = await survey(customerId, dataMap, () => false);
  const found = stores.map(({ name, kind, found }) => ({ name, kind, found }));
  const keyOwners = await findExportIds(customerId);
  const conversationIds = await findConversationIds(customerId);
  return { conversationIds, keyOwners, stores: found, stays };
}

function planOf(steps: readonly Step[]): Noted {
  return Plan.parse(steps.find(({ step }) => step === "planned"));
}

function ledgerOf(steps: readonly Step[]): LedgerEnd {
  return LedgerEnd.parse(steps.find(({ step }) => step === "ledger_written")?.["ledger"]);
}

async function destroyKeys(customerId: string): Promise<void> {
  await inTransaction(async (tx) => {
    await destroyExportKeys(customerId, tx);
    await destroyKey(customerId, tx);
    // Again, for a process that heard nothing the first time: nothing of the person may stay in its caches.
    await closeReads(customerId, tx);
  });
}

async function clear(customerId: string, dataMap: DataMap, noted: ErasurePlan): Promise<void> {
  for (const { erase: removeFrom } of dataMap) {
    await removeFrom(customerId, undefined, noted);
  }
}

async function scan(customerId: string, dataMap: DataMap, noted: ErasurePlan): Promise<void> {
  const left: string[] = [];
  for (const { name, count } of dataMap) {
    const found = await count(customerId, noted);
    if (found > 0) {
      left.push(`${name} ${found}`);
    }
  }
  if (left.length > 0) {
    throw new LeftOver(left);
  }
}

async function finish(
  request: DataRequestView,
  customerId: string,
  steps: readonly Step[],
): Promise<Receipt> {
  const { stores, stays } = planOf(steps);
  const timeOf = (name: ErasureStep) => steps.find(({ step }) => step === name)?.at ?? "";
  return await inTransaction(async (tx) => {
    const earlier = await lockRequest(request.id, tx);
    if (earlier !== null) {
      return readReceipt(earlier);
    }
    const receipt = makeReceipt({
      requestId: request.id,
      user: request.pseudonym,
      reason: request.reason,
      receivedAt: request.receivedAt,
      readsClosedAt: timeOf("reads_closed"),
      keyDestroyedAt: timeOf("key_destroyed"),
      scannedAt: timeOf("scanned"),
      ledger: ledgerOf(steps),
      stores: stores.map((store) => ({ ...store, left: 0 })),
      stays,
    });
    const receiptId = receipt.body.receiptId;
    await audit(tx, {
      actor: "system",
      customerId,
      action: "user_data_deleted",
      metadata: { requestId: request.id, receiptId, reason: request.reason },
    });
    // Only names and times stay of the steps: the plan held ids.
    const done = [...steps.map(({ step, at }) => ({ step, at }))];
    await writeSteps(
      request.id,
      [...done, { step: "receipt_signed", at: new Date().toISOString() }],
      tx,
    );
    await finishErasure(customerId, { id: receiptId, requestId: request.id, receipt }, tx);
    if (!hasSecondStage(request)) {
      await moveRequest(request.id, ["running"], "done", tx);
    }
    return receipt;
  });
}

/**
 * A person who asked for it has the raw files searched. Guests whose time is over go by the hundred, and tables are not
 * written anew for each: their sealed bytes stay in freed space, without a key, until they are overwritten.
 */
export function hasSecondStage({ reason }: Pick<DataRequestView, "reason">): boolean {
  return reason !== "retention_ended";
}
