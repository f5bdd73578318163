import { existsSync } from "node:fs";
import { join } from "node:path";
import { afterAll, expect, test } from "vitest";
import { faultRuns } from "@/scripts/setup/fault-runs";
import { again } from "./again-for-tests";
import { dataMap } from "./data-map";
import { env } from "./env";
import { openRequest, previewErasure, runErasure, sweepErasure, verifyReceipt } from "./privacy";
import { keysFolder } from "./privacy/keys-folder";
import { closePostgres, db, makeKnownCustomer } from "./privacy/store-fixture";
import { launch } from "./process-for-tests";

// The servers' files are read, and nothing is sent meanwhile: sweep.it.test.ts searches them.
env.SERVER_FILES = undefined;
afterAll(closePostgres);

const ERASE = `
const { dieAt } = await import("./scripts/setup/die-at.ts");
const { runErasure, sweepErasure } = await import("./lib/privacy/index.ts");
const { dataMap } = await import("./lib/data-map.ts");
const { again } = await import("./lib/again-for-tests.ts");
const { REQUEST, STEP } = process.env;
const stepsTaken = dieAt(Number(STEP));
console.log("ready");
await again(() => runErasure(REQUEST, dataMap));
await again(() => sweepErasure(REQUEST, dataMap));
console.log("steps " + stepsTaken() + " end");
process.exit(0);
`;

async function countAudit(requestId: string, action: string): Promise<number> {
  const where = { action, metadata: { path: ["requestId"], equals: requestId } };
  return (await db().auditEntry.count({ where })) + (await db().auditOutbox.count({ where }));
}

/** A process of its own erases a customer, and dies in place of that step. Says how many there were, if it did not. */
async function eraseAndDie(step: number): Promise<number | null> {
  const { id } = await again(makeKnownCustomer);
  const opened = { openedBy: "customer", openedById: id, reason: "other" } as const;
  const { id: requestId } = await openRequest({ kind: "erasure", customerId: id, ...opened });
  const { gone, said } = await launch(ERASE, {
    REQUEST: requestId,
    STEP: String(step),
    SERVER_FILES: "",
  });
  const code = await gone;
  const [, steps] = /steps (\d+) end/.exec(said()) ?? [];
  // Killed, it has no code.
  expect(code).toBe(steps ? 0 : null);

  await again(() => runErasure(requestId, dataMap));
  const receipt = await again(() => sweepErasure(requestId, dataMap));
  expect(verifyReceipt(receipt)).toBe(true);
  expect(receipt.second?.body.places.filter(({ hits }) => hits > 0)).toEqual([]);
  expect(receipt.body.stores.find(({ name }) => name === "Message")).toMatchObject({
    found: 2,
    left: 0,
  });
  expect(await db().receipt.count({ where: { requestId } })).toBe(1);
  expect(await countAudit(requestId, "user_data_deleted")).toBe(1);
  expect(await countAudit(requestId, "erasure_searched")).toBe(1);
  expect(await db().dataRequest.findUnique({ where: { id: requestId } })).toMatchObject({
    state: "done",
    customerId: null,
  });
  expect(await db().erasurePlan.count({ where: { requestId } })).toBe(0);
  expect(existsSync(join(keysFolder(), "erasures", `${requestId}.key`))).toBe(false);
  const left = (await again(() => previewErasure(id, dataMap))).stores.filter(
    ({ found }) => found > 0,
  );
  expect(left).toEqual([]);
  return steps ? Number(steps) : null;
}

test("a process is killed in place of what it is about to send, anywhere in both stages of an erasure: another finishes it, once", {
  timeout: 24 * 3_600_000,
}, async () => {
  const all = (await eraseAndDie(0)) ?? 0;
  expect(all).toBeGreaterThan(100);
  // Each place three times where there is time; else some of them, from the first to the last.
  const runs = Math.min(faultRuns(3), all * 3);
  for (let run = 0; run < runs; run += 1) {
    expect(await eraseAndDie(1 + Math.floor((run * all) / runs))).toBeNull();
  }
});
