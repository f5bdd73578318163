import {
  chmodSync,
  closeSync,
  mkdtempSync,
  openSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, expect, test } from "vitest";
import { readOrMakeSecret, replaceSecret } from "./whole-file";

const folder = mkdtempSync(join(tmpdir(), "recollect-secret-"));
afterAll(() => rmSync(folder, { recursive: true }));

test("a replaced secret is whole, only its owner's, and the old file's bytes are overwritten", () => {
  const file = join(folder, "keyring.json");
  writeFileSync(file, "the old key", { mode: 0o600 });
  // Whoever holds the old file open sees what became of its bytes.
  const old = openSync(file, "r");
  replaceSecret(file, "the new key");
  expect(readFileSync(file, "utf8")).toBe("the new key");
  expect(readFileSync(old, "utf8")).not.toContain("old");
  closeSync(old);
  expect(statSync(file).mode & 0o777).toBe(0o600);
  expect(readdirSync(folder)).toEqual(["keyring.json"]);
});

test("a secret that others could read becomes its owner's alone", () => {
  const file = join(folder, "open.json");
  writeFileSync(file, "x");
  chmodSync(file, 0o644);
  replaceSecret(file, "y");
  expect(statSync(file).mode & 0o777).toBe(0o600);
});

test("a secret is made once, and then found", () => {
  const file = join(folder, "deep", "made.pem");
  expect(readOrMakeSecret(file, () => "first")).toBe("first");
  expect(readOrMakeSecret(file, () => "second")).toBe("first");
  expect(readdirSync(join(folder, "deep"))).toEqual(["made.pem"]);
});
