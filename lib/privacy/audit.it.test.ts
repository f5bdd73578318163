import { expect, test } from "vitest";
import { newId } from "@/lib/id";
import { chain } from "./audit-chain";
import { anonymizeUserId, appendAudit, audit, exportAudit, listAudit, verifyAudit } from "./index";
import type { AuditEntry, AuditVerdict } from "./schema";
import { walkEntries } from "./store-audit";
import { db, transact } from "./store-fixture";

async function act(actor: string, customerId?: string): Promise<void> {
  await transact((tx) =>
    audit(tx, { actor, action: "sign_in", ...(customerId ? { customerId } : {}) }),
  );
}

test("an act is chained, named by pseudonym, and the chain verifies", async () => {
  const [actor, customerId] = [newId(), newId()];
  await act(actor, customerId);
  await appendAudit();
  const { entries } = await listAudit({ actor });
  expect(entries).toHaveLength(1);
  expect(entries[0]).toMatchObject({
    action: "sign_in",
    anonymizedUser: anonymizeUserId(customerId),
  });
  expect(JSON.stringify(entries)).not.toContain(customerId);
  expect(await verifyAudit()).toMatchObject({ ok: true });
});

test("an act of a transaction that was rolled back is not in the log", async () => {
  const actor = newId();
  const failed = transact(async (tx) => {
    await audit(tx, { actor, action: "sign_in" });
    throw new Error("rolled back");
  });
  await expect(failed).rejects.toThrow("rolled back");
  await appendAudit();
  expect((await listAudit({ actor })).entries).toEqual([]);
});

test("appenders at the same time make one chain without forks", async () => {
  const actor = newId();
  await Promise.all(Array.from({ length: 20 }, () => act(actor)));
  await Promise.all(Array.from({ length: 6 }, () => appendAudit()));
  expect((await listAudit({ actor, limit: 100 })).entries).toHaveLength(20);
  expect(await verifyAudit()).toMatchObject({ ok: true });
});

test("the log is read in pages without gap or repetition", async () => {
  const actor = newId();
  for (let at = 0; at < 5; at += 1) {
    await act(actor);
  }
  await appendAudit();
  const first = await listAudit({ actor, limit: 3 });
  const second = await listAudit({ actor, limit: 3, before: first.next ?? 0 });
  expect([first.entries.length, second.entries.length, second.next]).toEqual([3, 2, null]);
  const seqs = [...first.entries, ...second.entries].map(({ seq }) => seq);
  expect(new Set(seqs).size).toBe(5);
  expect(seqs).toEqual([...seqs].sort((a, b) => b - a));
});

test("metadata with a person's words is refused, and the error does not quote them", async () => {
  const words = { reason: "Mia asked on the phone" };
  const refused = transact((tx) =>
    audit(tx, { actor: "system", action: "user_data_deleted", metadata: words }),
  );
  await expect(refused).rejects.toThrow("user_data_deleted is wrong: reason");
  await expect(refused).rejects.not.toThrow(/Mia/);
});

// Inside a transaction that is rolled back: the log of the database stays whole for the other tests.
async function verdictAfter(sql: string): Promise<AuditVerdict | undefined> {
  for (let at = 0; at < 4; at += 1) {
    await act("system");
  }
  await appendAudit();
  let verdict: AuditVerdict | undefined;
  const undone = transact(
    async (tx) => {
      await db(tx).$executeRawUnsafe(sql);
      verdict = await verifyAudit(tx);
      throw new Error("undo");
    },
    { serializable: true },
  );
  await expect(undone).rejects.toThrow("undo");
  return verdict;
}

type Forge = (entries: AuditEntry[]) => AuditEntry[];

/** Everything from some entry on is replaced by a chain that holds in itself. */
async function verdictAfterForging(forge: Forge): Promise<AuditVerdict | undefined> {
  for (let at = 0; at < 4; at += 1) {
    await act("system");
  }
  await appendAudit();
  let verdict: AuditVerdict | undefined;
  const undone = transact(async (tx) => {
    const entries: AuditEntry[] = [];
    for await (const entry of walkEntries(tx)) {
      entries.push(entry);
    }
    await db(tx).auditEntry.deleteMany({});
    const data = forge(entries).map((entry) => ({ ...entry, metadata: entry.metadata as object }));
    await db(tx).auditEntry.createMany({ data });
    verdict = await verifyAudit(tx);
    throw new Error("undo");
  });
  await expect(undone).rejects.toThrow("undo");
  return verdict;
}

test.each<[string, Forge]>([
  [
    "a replaced tail",
    (entries) => {
      const kept = entries.slice(0, -2);
      const changed = entries.slice(-2).map((entry) => ({ ...entry, actor: "somebody" }));
      return [...kept, ...chain(kept.at(-1) ?? null, changed)];
    },
  ],
  [
    "a chain written anew from its first entry",
    (entries) =>
      chain(
        null,
        entries.map((entry) => ({ ...entry, actor: "somebody" })),
      ),
  ],
  [
    "an entry put in between, with the chain mended behind it",
    (entries) => chain(null, [...entries.slice(0, -1), ...entries.slice(-2)]),
  ],
])(
  "%s holds in itself, and differs from the signed checkpoints outside the database",
  async (_, forge) => {
    expect(await verdictAfterForging(forge)).toMatchObject({
      ok: false,
      fault: "checkpoint_differs",
    });
  },
);

test("the log goes into a file by the filters of its page, and that it did is written down", async () => {
  const actor = newId();
  const admin = { id: newId() };
  for (let at = 0; at < 3; at += 1) {
    await act(actor, newId());
  }
  await appendAudit();
  const read = async (kind: "csv" | "json") => {
    const { stream, name } = await exportAudit(admin, { actor }, kind);
    expect(name).toMatch(new RegExp(`^audit-\\d{4}-\\d{2}-\\d{2}\\.${kind}$`));
    return await new Response(stream).text();
  };
  const { entries } = JSON.parse(await read("json"));
  expect(entries).toEqual((await listAudit({ actor })).entries);
  const lines = (await read("csv")).trimEnd().split("\r\n");
  expect(lines).toHaveLength(4);
  expect(lines[0]).toBe("seq,timestamp,actor,anonymizedUser,action,metadata,prevHash,hash");
  expect(lines[1]).toContain(`,${actor},${entries[0].anonymizedUser},sign_in,{},`);
  await appendAudit();
  const taken = await listAudit({ actor: admin.id, action: "audit_exported" });
  expect(taken.entries.map(({ metadata }) => metadata["kind"])).toEqual(["csv", "json"]);
});

const LAST = `(SELECT max(seq) FROM "AuditEntry")`;

test.each([
  [
    "an edited entry",
    `UPDATE "AuditEntry" SET actor = 'x' WHERE seq = ${LAST} - 1`,
    "entry_changed",
  ],
  ["a deleted entry", `DELETE FROM "AuditEntry" WHERE seq = ${LAST} - 1`, "entry_missing"],
  [
    "an inserted entry",
    `INSERT INTO "AuditEntry" SELECT 0, timestamp, actor, anonymized_user, action, metadata, prev_hash, hash
     FROM "AuditEntry" WHERE seq = ${LAST}`,
    "entry_missing",
  ],
  [
    "a moved entry",
    `UPDATE "AuditEntry" SET seq = ${LAST} + 1 WHERE seq = ${LAST} - 1`,
    "entry_missing",
  ],
  ["a cut-off end", `DELETE FROM "AuditEntry" WHERE seq = ${LAST}`, "end_cut_off"],
])("%s is found", async (_, sql, fault) => {
  expect(await verdictAfter(sql)).toMatchObject({ ok: false, fault });
});
