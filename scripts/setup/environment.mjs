import fs from "node:fs";
import path from "node:path";
import { node24, pathWithNode24, tsx } from "./node24.mjs";
import { root } from "./place.mjs";
import { finish } from "./processes.mjs";
import { Sorry } from "./say.mjs";

/** Reads the lines of a .env file: NAME=value, optionally quoted; # begins a comment line. */
export function parseDotenv(text) {
  const lines = text
    .split(/\r?\n/)
    .map((line) => line.match(/^\s*(?:export\s+)?(\w+)\s*=\s*(.*?)\s*$/));
  return Object.fromEntries(
    lines.flatMap((match) => (match ? [[match[1], match[2].replace(/^(["'])(.*)\1$/, "$2")]] : [])),
  );
}

function readDotenv(name) {
  const file = path.join(root, name);
  return fs.existsSync(file) ? parseDotenv(fs.readFileSync(file, "utf8")) : {};
}

const dotenv = () => ({ ...readDotenv(".env"), ...readDotenv(".env.local") });

/** What the person has set: the process's variables win over .env.local, and that over .env. Empty means not set. */
export function givenEnvironment() {
  const given = Object.entries({ ...dotenv(), ...process.env });
  return {
    ...Object.fromEntries(given.filter(([, value]) => value !== "")),
    PATH: pathWithNode24(),
  };
}

/**
 * The environment of a test run: nothing the person has set for the product reaches it, so that tests never meet
 * their database or their model. Blank, not absent, because Next would read an absent variable from .env again.
 */
export function bareEnvironment() {
  const names = fs
    .readFileSync(path.join(root, "lib", "env.ts"), "utf8")
    .matchAll(/^ {2}([A-Z][A-Z0-9_]+):/gm);
  const blank = [...[...names].map(([, name]) => name), ...Object.keys(dotenv())];
  // Each runner sets its own NODE_ENV.
  const { NODE_ENV: _, ...kept } = process.env;
  const blanks = blank.filter((name) => name !== "NODE_ENV").map((name) => [name, ""]);
  return { ...kept, PATH: pathWithNode24(), ...Object.fromEntries(blanks) };
}

const placeholder = "0".repeat(32);

/** Stands in for what the preparation writes itself, where only the form of the environment counts. */
export const placeholders = {
  SESSION_SECRET: placeholder,
  PEPPER_INDEX: placeholder,
  PEPPER_SEARCH: placeholder,
  PEPPER_PSEUDONYM: placeholder,
  DATABASE_URL: "postgres://localhost/recollect",
  REDIS_URL: "redis://localhost",
};

/**
 * Parses the environment with the product's own rules before anything is started, and returns the result. What the
 * preparation will write itself stands in as a placeholder.
 */
export async function checkEnvironment(given) {
  const show = "process.stdout.write(JSON.stringify((await import('./lib/env.ts')).env))";
  const [conditions, ...loader] = tsx("").slice(0, -1);
  try {
    const text = await finish(
      "The check of the environment",
      node24(),
      [conditions, ...loader, "--input-type=module", "-e", show],
      {
        cwd: root,
        env: { ...placeholders, ...given },
      },
    );
    return JSON.parse(text);
  } catch (error) {
    const said = String(error.message).match(
      /The environment is not complete:[\s\S]*?README[^\n]*/,
    )?.[0];
    throw said ? new Sorry(said, { cause: error }) : error;
  }
}
