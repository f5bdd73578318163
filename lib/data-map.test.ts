import { globSync, readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { dataMap } from "./data-map";

const schema = readFileSync(new URL("../prisma/schema.prisma", import.meta.url), "utf8");
const models = [...schema.matchAll(/^model (\w+) /gm)].map(([, name]) => name ?? "");
const covered = dataMap.flatMap(({ covers }) => covers);

test("every model of the database is in exactly one entry of the data map", () => {
  expect(models.length).toBeGreaterThan(20);
  for (const model of models) {
    expect({ model, entries: covered.filter((name) => name === model).length }).toEqual({
      model,
      entries: 1,
    });
  }
});

test("no table is spoken for that the database does not have", () => {
  const tables = dataMap.filter(({ kind }) => kind === "table").flatMap(({ covers }) => covers);
  expect(tables.filter((name) => !models.includes(name))).toEqual([]);
});

test("every model with a customer's id is an entry of the customer's", () => {
  const personal = schema
    .split(/^(?=model )/m)
    .filter((block) => /^\s+customerId\s/m.test(block))
    .map((block) => /^model (\w+)/.exec(block)?.[1] ?? "");
  const own = dataMap.filter(({ whose }) => whose === "customer").flatMap(({ covers }) => covers);
  expect(personal.length).toBeGreaterThan(10);
  expect(personal.filter((model) => !own.includes(model))).toEqual([]);
});

test("every entry says what, why, by what right and for how long", () => {
  for (const { name, what, purpose, basis, retention } of dataMap) {
    for (const text of [name, what, purpose, basis, retention]) {
      expect(text.length).toBeGreaterThan(3);
    }
  }
  expect(new Set(dataMap.map(({ name }) => name)).size).toBe(dataMap.length);
});

test("every Redis key that the code writes is in exactly one entry", () => {
  const root = new URL("./", import.meta.url).pathname;
  const sources = globSync("*/store*.ts", { cwd: root }).filter((file) => !/test/.test(file));
  const keys = sources.flatMap((file) =>
    [...readFileSync(`${root}${file}`, "utf8").matchAll(/(?<!table: )[`"](rc:[^`"\s]*)[`"]/g)].map(
      // The conversation's tag has one name here; what else is filled in later is compared up to there.
      ([, key = ""]) => key.replace(/^rc:\{[^}]*\}*/, "rc:{conversation}").split("${")[0] ?? "",
    ),
  );
  expect(keys.length).toBeGreaterThan(5);
  // "rc:" alone is where all of them are removed.
  for (const key of new Set(keys.filter((each) => each !== "rc:"))) {
    const speaks = (prefix: string) => key.startsWith(prefix) || prefix.startsWith(key);
    const entries = dataMap.filter(({ kind, covers }) => kind === "redis" && covers.some(speaks));
    expect({ key, entries: entries.length }).toEqual({ key, entries: 1 });
  }
});

test("every file that the code writes into a folder of ours is in exactly one entry", () => {
  const root = new URL("../", import.meta.url).pathname;
  const sources = globSync("{lib,scripts}/**/*.ts", { cwd: root }).filter(
    (file) => !/test|generated/.test(file),
  );
  const folders: Record<string, string> = {
    "env.DATA_DIR": "DATA_DIR/",
    "keysFolder()": "",
    "snapshotFolder()": "KEY_SNAPSHOT_DIR/",
  };
  const written = sources.flatMap((file) =>
    [
      ...readFileSync(`${root}${file}`, "utf8").matchAll(
        /join\((env\.DATA_DIR|keysFolder\(\)|snapshotFolder\(\)), "([^"]+)"/g,
      ),
    ].map(([, folder = "", name = ""]) => `${folders[folder]}${name}`),
  );
  // The folder of keys itself, and that of the snapshot within it.
  const paths = new Set(written.filter((path) => !/^(DATA_DIR\/keys|key-snapshot)$/.test(path)));
  expect(paths.size).toBeGreaterThan(5);
  for (const path of paths) {
    const speaks = (cover: string) => cover === path || cover.startsWith(`${path}/`);
    const entries = dataMap.filter(({ covers }) => covers.some(speaks));
    expect({ path, entries: entries.length }).toEqual({ path, entries: 1 });
  }
});

test("the queue of jobs and the log are in exactly one entry each", () => {
  for (const [kind, cover] of [
    ["queue", "pgboss"],
    ["log", "stdout"],
  ]) {
    const entries = dataMap.filter((entry) => entry.kind === kind);
    expect(entries.map(({ covers }) => covers)).toEqual([[cover]]);
  }
});
