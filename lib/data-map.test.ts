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

test("every Redis key that the code writes is in an entry", () => {
  const root = new URL("./", import.meta.url).pathname;
  const sources = globSync("*/store*.ts", { cwd: root }).filter((file) => !/test/.test(file));
  const keys = sources.flatMap((file) =>
    [...readFileSync(`${root}${file}`, "utf8").matchAll(/(?<!table: )[`"](rc:[^`"\s]*)[`"]/g)].map(
      // The conversation's tag has one name here; what else is filled in later is compared up to there.
      ([, key = ""]) => key.replace(/^rc:\{[^}]*\}*/, "rc:{conversation}").split("${")[0] ?? "",
    ),
  );
  const redis = dataMap.filter(({ kind }) => kind === "redis").flatMap(({ covers }) => covers);
  expect(keys.length).toBeGreaterThan(5);
  for (const key of new Set(keys)) {
    const entries = redis.filter((prefix) => key.startsWith(prefix) || prefix.startsWith(key));
    expect({ key, covered: entries.length > 0 }).toEqual({ key, covered: true });
  }
});
