import { spawn } from "node:child_process";
import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { beganAt, end, isAlive } from "./identity.mjs";
import { endOrphans, findRun } from "./processes.mjs";

let data: string;
beforeEach(() => {
  data = fs.mkdtempSync(path.join(os.tmpdir(), "recollect-run-"));
});
afterEach(() => fs.rmSync(data, { recursive: true }));

function startSleeper(words = ["-e", "setInterval(() => undefined, 1000)"]) {
  const { pid = 0 } = spawn(process.execPath, words, { detached: true, stdio: "ignore" });
  return { pid, began: beganAt(pid) };
}
const writeRun = (run: unknown) =>
  fs.writeFileSync(path.join(data, "run.json"), JSON.stringify(run));
const dead = { pid: 1, began: "another boot:1" };

test("what a killed start left running is stopped by the next one", async () => {
  const sleeper = startSleeper();
  writeRun({ owner: dead, children: [sleeper] });
  expect(findRun({ data })).toBeNull();
  expect(await endOrphans({ data })).toBe(1);
  expect(isAlive(sleeper)).toBe(false);
});

test("a process that was given a remembered pid by chance is left alone", async () => {
  const stranger = startSleeper();
  writeRun({ owner: dead, children: [{ ...stranger, began: "another boot:1" }] });
  expect(await endOrphans({ data })).toBe(0);
  expect(isAlive(stranger)).toBe(true);
  await end(stranger);
});

test("a process that will not go is ended for good when its time is over", async () => {
  const stubborn = startSleeper([
    "-e",
    "process.on('SIGTERM', () => undefined); setInterval(() => undefined, 1000)",
  ]);
  await end({ ...stubborn, graceMs: 100 });
  expect(isAlive(stubborn)).toBe(false);
});

test("half a run file is no run", async () => {
  fs.writeFileSync(path.join(data, "run.json"), '{"owner":');
  expect(findRun({ data })).toBeNull();
  expect(await endOrphans({ data })).toBe(0);
});
