import { execFile } from "node:child_process";
import { generateKeyPairSync } from "node:crypto";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { afterAll, expect, test } from "vitest";
import { checkReceipt, explainReceipt, publicKeyPem } from "./index";
import { makeReceipt, makeSecond } from "./receipt";

const at = "2026-03-05T10:00:00.000Z";
const facts = {
  requestId: "01936b2e-0000-7000-8000-000000000001",
  user: "0123456789abcdef",
  reason: "other",
  receivedAt: at,
  readsClosedAt: at,
  keyDestroyedAt: at,
  scannedAt: at,
  stores: [{ name: "Message", kind: "table", found: 7, left: 0 }],
  stays: [{ store: "ShopOrder", item: "order ORD-1", basis: "tax law", until: "2036-12-31" }],
} as const;
const make = () => makeReceipt({ ...facts, stores: [...facts.stores], stays: [...facts.stays] });
const first = make();
const search = {
  sweptAt: at,
  searchedAt: at,
  lookedFor: { values: 1, passages: 0, ids: 1, wrappedKeys: 1, leftOut: 0, encodings: ["UTF-8"] },
  places: [
    { name: "Tables", looked: true, items: 40, bytes: 0, hits: 0 },
    { name: "Redis's files", looked: false, items: 0, bytes: 0, hits: 0 },
  ],
  done: [],
  notDone: ["Redis's raw files were not looked at."],
  later: [],
};
const whole = { ...first, second: makeSecond(first, search) };
const said = (receipt: unknown, key = publicKeyPem()) =>
  explainReceipt(checkReceipt(JSON.stringify(receipt), key));

test("a genuine receipt is told with what it proves and what it does not", () => {
  const words = said(whole);
  expect(words).toMatch(/^VERIFIED/);
  expect(words).toContain("7 rows, keys and files removed from 1 stores, 0 left");
  expect(words).toContain("Stays until 2036-12-31: order ORD-1 (tax law)");
  expect(words).toContain("Tables: 0 found (40 searched)");
  expect(words).toContain("Redis's files: not looked at");
  expect(said(first)).toContain("no second part yet");
});

test("each way in which a receipt can be wrong has words of its own", () => {
  const { publicKey } = generateKeyPairSync("ed25519");
  const another = publicKey.export({ type: "spki", format: "pem" }).toString();
  const rsa = generateKeyPairSync("rsa", { modulusLength: 2048 }).publicKey;
  const changed = { ...whole, body: { ...first.body, user: "fedcba9876543210" } };
  const second = { ...whole.second, body: { ...whole.second.body, notDone: [] } };
  const words = [
    explainReceipt(checkReceipt("<html>", publicKeyPem())),
    said({ body: first.body }),
    said(whole, "no key"),
    said(whole, rsa.export({ type: "spki", format: "pem" }).toString()),
    said(whole, another),
    said(changed),
    said({ ...whole, second }),
    said({ ...whole, second: makeSecond(make(), search) }),
  ];
  expect(words.every((each) => each.startsWith("NOT VERIFIED"))).toBe(true);
  expect(new Set(words).size).toBe(7);
  expect(words[4]).toContain(`signed with key ${first.keyId}`);
});

const folder = mkdtempSync(join(tmpdir(), "recollect-receipt-"));
afterAll(() => rmSync(folder, { recursive: true }));

test("the command checks a file on a machine without database, server or key of its own", {
  timeout: 60_000,
}, async () => {
  const [receipt, key] = [join(folder, "receipt.json"), join(folder, "key.pem")];
  writeFileSync(receipt, JSON.stringify(whole));
  writeFileSync(key, publicKeyPem());
  const run = (...words: string[]) =>
    promisify(execFile)(process.execPath, ["scripts/receipt-verify.mjs", ...words], {
      // A folder without a key in it, and nothing that leads to a server.
      env: {
        NODE_ENV: "test",
        // biome-ignore lint/style/noProcessEnv: nothing else of this process's environment is given on.
        PATH: process.env["PATH"] ?? "",
        KEYS_DIR: join(folder, "none"),
        INIT_CWD: folder,
      },
    });
  expect((await run("receipt.json", "--key", "key.pem")).stdout).toContain("VERIFIED  Receipt");
  await expect(run("receipt.json")).rejects.toMatchObject({
    code: 2,
    stderr: expect.stringContaining("--print-key"),
  });
  writeFileSync(receipt, JSON.stringify({ ...whole, signature: first.signature.toLowerCase() }));
  await expect(run("receipt.json", "--key", "key.pem")).rejects.toMatchObject({
    code: 1,
    stdout: expect.stringContaining("NOT VERIFIED  The first part was changed"),
  });
});
