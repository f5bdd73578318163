import { randomBytes } from "node:crypto";
import { Refusal } from "@/lib/errors";
import { report } from "@/lib/observability";
import { audit } from "./audit";
import { readPlan } from "./erasure-plan";
import { failureOf, LeftOver } from "./failure";
import { destroyOneOffKey, listOldKeys } from "./one-off-key";
import { makeSecond, readReceipt } from "./receipt";
import type { DataMapEntry } from "./schema-map";
import type { Receipt } from "./schema-request";
import { searchAll } from "./search-traces";
import { secondFacts } from "./second-facts";
import {
  findReceiptRow,
  findUnswept,
  inTransaction,
  lockRequest,
  storeSecond,
} from "./store-erase";
import { describeServer } from "./store-raw";
import { failRequest, moveRequest, readSteps, type Step, writeSteps } from "./store-request";
import {
  dropToken,
  type Rewritten,
  type SweepSession,
  sweepInTurn,
  sweepLog,
  sweepRedis,
  sweepTables,
  type TablesSwept,
} from "./store-sweep";
import { findPlan, removePlan } from "./store-traces";

type DataMap = readonly DataMapEntry[];
type SweepStep = "copies_rewritten" | "log_switched" | "rewritten" | "searched" | "second_signed";

export type Swept = {
  tables: TablesSwept;
  /** What the database's role may not do to its log. */
  logRefused: string[];
  redis: Rewritten[];
  sweptAt: string;
};

/**
 * Stage 2 of an erasure: has PostgreSQL and Redis write anew what still holds bytes of removed rows, searches every store
 * and every file that can be reached, signs what was found, and destroys the key of what was looked for. Something that
 * is found fails the request, which says where; it may be run again, from anywhere, any number of times.
 */
export async function sweepErasure(requestId: string, dataMap: DataMap): Promise<Receipt> {
  const row = await findReceiptRow(requestId);
  if (row === null) {
    throw new Refusal("request_state");
  }
  const receipt = readReceipt(row);
  if (!receipt.second) {
    await moveRequest(requestId, ["waiting", "failed", "running"], "running");
    try {
      return await sweepInTurn((session) => sweep(session, requestId, dataMap));
    } catch (error) {
      await noteFailure(requestId, error);
      throw error;
    }
  }
  destroyOneOffKey(requestId);
  return receipt;
}

async function noteFailure(requestId: string, error: unknown): Promise<void> {
  if (error instanceof LeftOver) {
    const steps = await readSteps(requestId);
    const kept = steps.filter(({ step }) => step !== "left_over");
    const found = { step: "left_over", at: new Date().toISOString(), foundIn: error.foundIn };
    await writeSteps(requestId, [...kept, found]);
  }
  await failRequest(requestId, failureOf(error));
}

async function sweep(session: SweepSession, requestId: string, dataMap: DataMap): Promise<Receipt> {
  const traces = await readPlan(requestId);
  const noted = (step: SweepStep) => note(requestId, step);
  const stores = traces?.stores ?? dataMap.map(({ name }) => name);
  const names = dataMap.filter(({ name }) => stores.includes(name)).flatMap(({ covers }) => covers);
  const tables = await sweepTables(session, names);
  await noted("rewritten");
  const logRefused = await sweepLog(session);
  await noted("log_switched");
  const token = randomBytes(16).toString("hex");
  const redis = await sweepRedis(token);
  await noted("copies_rewritten");
  const swept = { tables, logRefused, redis, sweptAt: new Date().toISOString() };
  const facts = await describeServer(session);
  const searched = traces
    ? await searchAll({ session, traces, dataMap, swept, facts, token })
    : null;
  await dropToken(token).catch((error: unknown) => report(error, { where: "privacy.sweep" }));
  if (searched && searched.foundIn.length > 0) {
    throw new LeftOver(searched.foundIn);
  }
  await noted("searched");
  return await sign(requestId, (receipt) =>
    makeSecond(receipt, secondFacts({ receipt, traces, swept, facts, searched })),
  );
}

async function note(requestId: string, name: SweepStep): Promise<void> {
  const steps = await readSteps(requestId);
  const kept: Step[] = steps.filter(({ step }) => step !== name);
  await writeSteps(requestId, [...kept, { step: name, at: new Date().toISOString() }]);
}

async function sign(
  requestId: string,
  second: (receipt: Receipt) => NonNullable<Receipt["second"]>,
): Promise<Receipt> {
  const signed = await inTransaction(async (tx) => {
    const receipt = readReceipt(await lockRequest(requestId, tx));
    if (receipt.second) {
      return receipt;
    }
    const part = second(receipt);
    const { receiptId } = receipt.body;
    await storeSecond(requestId, receiptId, part, tx);
    await removePlan(requestId, tx);
    const steps = await readSteps(requestId, tx);
    const done = steps.filter(({ step }) => step !== "left_over");
    await writeSteps(
      requestId,
      [...done, { step: "second_signed", at: new Date().toISOString() }],
      tx,
    );
    const count = part.body.places.reduce((sum, { hits }) => sum + hits, 0);
    const metadata = { requestId, receiptId, count };
    await audit(tx, { actor: "system", action: "erasure_searched", metadata });
    return { ...receipt, second: part };
  });
  // Only now: a run that was killed before this needs the key to look again.
  destroyOneOffKey(requestId);
  return signed;
}

/**
 * The erasures whose second stage is still to come and has no job any more, oldest first. Destroys keys that a killed run
 * has left without a plan.
 */
export async function listUnswept(): Promise<string[]> {
  for (const requestId of listOldKeys()) {
    if ((await findPlan(requestId)) === null) {
      destroyOneOffKey(requestId);
    }
  }
  return await findUnswept();
}
