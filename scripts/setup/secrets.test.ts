import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { ensureSecrets } from "./secrets.mjs";

let folder: string;
beforeEach(() => {
  folder = path.join(fs.mkdtempSync(path.join(os.tmpdir(), "recollect-secrets-")), "secrets");
});
afterEach(() => fs.rmSync(path.dirname(folder), { recursive: true }));

type Given = Record<string, string>;
const ensure = (keyIds: string[] = [], given: Given = {}, ledgerLines = 0): Given =>
  ensureSecrets({ folder, given, keyIds, ledgerLines });
const read = (name: string) => JSON.parse(fs.readFileSync(path.join(folder, name), "utf8"));
const names = () => fs.readdirSync(folder).sort();

describe("the secrets of a place", () => {
  test("a first run makes every secret and a keyring that only their owner can read", () => {
    const made = ensure();
    expect(Object.keys(made).sort()).toEqual([
      "KEYRING_FILE",
      "NEXT_SERVER_ACTIONS_ENCRYPTION_KEY",
      "PEPPER_INDEX",
      "PEPPER_PSEUDONYM",
      "PEPPER_SEARCH",
      "SESSION_SECRET",
    ]);
    const keyring = read("keyring.json");
    expect(keyring.current).toMatch(/^k_[0-9a-f]{8}$/);
    expect(Buffer.from(keyring.keys[keyring.current], "base64")).toHaveLength(32);
    for (const name of names()) {
      expect(fs.statSync(path.join(folder, name)).mode & 0o777).toBe(0o600);
    }
    expect(fs.statSync(folder).mode & 0o777).toBe(0o700);
  });

  test("a second run finds the same ones", () => {
    expect(ensure()).toEqual(ensure());
  });

  test("a run that was killed while writing is repaired, and what it had finished stays", () => {
    const { SESSION_SECRET } = ensure();
    const kept = read("secrets.json");
    const { PEPPER_INDEX: _, ...half } = kept;
    fs.writeFileSync(path.join(folder, "secrets.json"), JSON.stringify(half));
    fs.writeFileSync(path.join(folder, "keyring.json.4711.draft"), '{"current":');
    fs.rmSync(path.join(folder, "keyring.json"));
    const repaired = ensure();
    expect(repaired["SESSION_SECRET"]).toBe(SESSION_SECRET);
    expect(repaired["PEPPER_INDEX"]).toHaveLength(43);
    expect(names()).toEqual(["keyring.json", "secrets.json"]);
  });

  test("data sealed under a key that the keyring lacks is refused with the key's id", () => {
    ensure();
    const before = read("keyring.json");
    expect(() => ensure([before.current, "k_0badcafe"])).toThrow(/k_0badcafe/);
    expect(read("keyring.json")).toEqual(before);
  });

  test("a lost keyring is never replaced beside sealed data", () => {
    expect(() => ensure(["k_0badcafe"])).toThrow(/k_0badcafe.*No new key was made/s);
    expect(fs.existsSync(folder)).toBe(false);
  });

  test("lost peppers are never replaced beside sealed data", () => {
    ensure();
    const { current } = read("keyring.json");
    fs.rmSync(path.join(folder, "secrets.json"));
    expect(() => ensure([current])).toThrow(/PEPPER_INDEX/);
    expect(names()).toEqual(["keyring.json"]);
  });

  test("an erasure ledger that is shorter than the database knows it is refused, and so is a lost signing key", () => {
    ensure();
    const ledger = path.join(folder, "erasure-ledger.jsonl");
    expect(() => ensure([], {}, 2)).toThrow(/knows 2 erasures.*holds 0/s);
    fs.writeFileSync(ledger, "{}\n");
    expect(() => ensure([], {}, 2)).toThrow(/holds 1/);
    fs.writeFileSync(ledger, "{}\n{}\n");
    expect(() => ensure([], {}, 2)).toThrow(/signing-key\.pem.*No new key was made/s);
    fs.writeFileSync(path.join(folder, "signing-key.pem"), "a key");
    expect(ensure([], {}, 2)["KEYRING_FILE"]).toContain("keyring.json");
  });

  test("what the person has set wins and is not stored", () => {
    const mine = "a-session-secret-of-my-own-0123456789";
    expect(ensure([], { SESSION_SECRET: mine })["SESSION_SECRET"]).toBe(mine);
    expect(read("secrets.json")).not.toHaveProperty("SESSION_SECRET");
  });

  test("a keyring of the person's own is checked and never written", () => {
    const file = path.join(path.dirname(folder), "mine.json");
    expect(() => ensure([], { KEYRING_FILE: file })).toThrow(/there is no such file/);
    fs.writeFileSync(file, '{"current":"k_mine","keys":{"k_mine":"AAAA"}}');
    ensure([], { KEYRING_FILE: file });
    expect(ensure(["k_mine"], { KEYRING_FILE: file })["KEYRING_FILE"]).toBe(file);
    expect(() => ensure(["k_other"], { KEYRING_FILE: file })).toThrow(/k_other/);
    expect(names()).toEqual(["secrets.json"]);
  });

  test("a damaged file is named, and nothing is written over it", () => {
    ensure();
    fs.writeFileSync(path.join(folder, "secrets.json"), "{");
    expect(() => ensure()).toThrow(/secrets\.json is damaged/);
    expect(fs.readFileSync(path.join(folder, "secrets.json"), "utf8")).toBe("{");
  });
});
