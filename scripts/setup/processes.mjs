import { spawn } from "node:child_process";
import fs from "node:fs";
import path from "node:path";
import { beganAt, end, isAlive } from "./identity.mjs";
import { privateFolder, readJson, writeWhole } from "./place.mjs";
import { Sorry } from "./say.mjs";

const children = [];
const firstToEnd = [];
let claim = null;

const runFile = (place) => path.join(place.data, "run.json");

/** What runs in a place now, or null: `{owner, what, services, children}`. */
export function findRun(place) {
  const run = readRun(place);
  return run && isAlive(run.owner) ? run : null;
}

function readRun(place) {
  try {
    return readJson(runFile(place));
  } catch {
    return null;
  }
}

/**
 * Makes this process the only one that runs servers in a place. What a killed predecessor left running is stopped
 * first; a living one is named, and nothing is touched.
 */
export async function claimPlace(place, what) {
  const running = findRun(place);
  if (running && running.owner.pid !== process.pid) {
    throw new Sorry(
      `Recollect already runs from this clone (${running.what}, process ${running.owner.pid}). Stop that one first (Ctrl-C in its terminal, or kill ${running.owner.pid}).`,
    );
  }
  await endOrphans(place);
  privateFolder(place.data);
  claim = {
    file: runFile(place),
    owner: { pid: process.pid, began: beganAt(process.pid) },
    what,
    services: null,
  };
  writeClaim();
}

/** Stops, in the right order, what a process that was killed hard has left behind. Returns how many there were. */
export async function endOrphans(place) {
  const left = (readRun(place)?.children ?? []).filter(isAlive).reverse();
  for (const child of left) {
    await end(child);
  }
  return left.length;
}

/** Lets other commands of the same clone borrow the services that run here. */
export function lendServices(services) {
  claim.services = services;
  writeClaim();
}

function writeClaim() {
  if (claim) {
    const alive = children.map(({ name, pid, began, signal, graceMs }) => ({
      name,
      pid,
      began,
      signal,
      graceMs,
    }));
    const { file, ...facts } = claim;
    writeWhole(file, JSON.stringify({ ...facts, children: alive }, null, 2));
  }
}

/**
 * Starts a program in a process group of its own: a Ctrl-C in the terminal reaches this process alone, which then
 * stops its children in order.
 */
export function launch(name, command, words, options = {}) {
  const { signal = "SIGTERM", graceMs = 5000, ...rest } = options;
  const child = spawn(command, words, {
    stdio: ["ignore", "pipe", "pipe"],
    ...rest,
    detached: true,
  });
  const entry = { name, pid: child.pid, began: beganAt(child.pid), signal, graceMs };
  const ended = new Promise((resolve) => {
    child.once("error", (error) => resolve({ error }));
    child.once("close", (code, killedBy) => resolve({ code, killedBy }));
  });
  if (child.pid) {
    children.push(entry);
    writeClaim();
    child.once("exit", () => {
      children.splice(children.indexOf(entry), 1);
      writeClaim();
    });
  }
  return { child, ended, tail: collectTail(child), entry };
}

/** Keeps the last lines of what a program said, for the message when it fails. */
function collectTail(child) {
  let text = "";
  for (const stream of [child.stdout, child.stderr]) {
    stream?.setEncoding("utf8").on("data", (chunk) => {
      text = (text + chunk).slice(-6000);
    });
  }
  return () => text.trim();
}

/** A process that was started here under this name and runs now, or null. */
export const findChild = (name) => children.find((child) => child.name === name) ?? null;

/** Runs a program to its end and returns what it wrote to stdout; a failure carries its last lines. */
export async function finish(name, command, words, options = {}) {
  const { child, ended, tail } = launch(name, command, words, options);
  let output = "";
  child.stdout?.on("data", (chunk) => {
    output += chunk;
  });
  const { code, killedBy, error } = await ended;
  if (error) {
    throw new Sorry(`${name} could not be started: ${error.message}`, { cause: error });
  }
  if (code !== 0) {
    throw new Sorry(`${name} ended with ${killedBy ?? `code ${code}`}.\n${tail()}`);
  }
  return output;
}

/** Has something end before the children do, such as a proxy in front of them. Called again, `work` must do nothing. */
export function endFirst(work) {
  firstToEnd.push(work);
}

/** Stops every child, the last started first, and gives the place up. */
export async function endAll() {
  await Promise.allSettled(firstToEnd.map((work) => work()));
  for (const entry of [...children].reverse()) {
    await end(entry);
  }
  if (claim) {
    fs.rmSync(claim.file, { force: true });
    claim = null;
  }
}
