import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { isInstalled } from "./install.mjs";
import { completeLock, findGaps } from "./lock.mjs";
import { root } from "./place.mjs";

let clone: string;
beforeEach(() => {
  clone = fs.mkdtempSync(path.join(os.tmpdir(), "recollect-install-"));
  write("package-lock.json", lock);
});
afterEach(() => fs.rmSync(clone, { recursive: true }));

const lock = {
  "": {},
  "node_modules/next": { version: "16.4.6", integrity: "sha512-a" },
  "node_modules/@next/swc-darwin-arm64": { version: "16.4.6", optional: true },
};
function write(name: string, packages: Record<string, unknown>) {
  const file = path.join(clone, name);
  fs.mkdirSync(path.dirname(file), { recursive: true });
  fs.writeFileSync(file, JSON.stringify({ packages }));
}
const installed = "node_modules/.package-lock.json";

test("a clone without node_modules is not installed", () => {
  expect(isInstalled(clone)).toBe(false);
});

test("an install that was cut off is not taken for one: npm writes its list last", () => {
  fs.mkdirSync(path.join(clone, "node_modules", "next"), { recursive: true });
  expect(isInstalled(clone)).toBe(false);
});

test("an install is up to date although other platforms' packages are missing", () => {
  write(installed, { "node_modules/next": lock["node_modules/next"] });
  expect(isInstalled(clone)).toBe(true);
});

test.each([
  ["another version", { version: "16.4.5", integrity: "sha512-a" }],
  ["another content", { version: "16.4.6", integrity: "sha512-b" }],
])("an install with %s of a package is out of date", (_, entry) => {
  write(installed, { "node_modules/next": entry });
  expect(isInstalled(clone)).toBe(false);
});

test("the project's lock holds every platform's packages, so npm ci takes it everywhere", () => {
  const { packages } = JSON.parse(fs.readFileSync(path.join(root, "package-lock.json"), "utf8"));
  expect(findGaps(packages)).toEqual([]);
});

test("a platform package that the registry did not have is written into the lock", () => {
  const optionalDependencies = { "@next/swc-linux-x64-musl": "16.4.6" };
  const packages = { "node_modules/next": { version: "16.4.6", optionalDependencies } };
  expect(completeLock({ packages }).packages).toMatchObject({
    "node_modules/@next/swc-linux-x64-musl": {
      version: "16.4.6",
      optional: true,
      os: ["linux"],
      cpu: ["x64"],
      libc: ["musl"],
    },
  });
});
