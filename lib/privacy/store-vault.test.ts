import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { PLACEHOLDER_HOLDERS } from "./store-vault";

const schema = readFileSync(new URL("../../prisma/schema.prisma", import.meta.url), "utf8");

test("every table of a customer's sealed text is looked through before a value counts as unused", () => {
  const holders = schema
    .split(/^(?=model )/m)
    .filter((block) => /^\s+\w+Sealed\s/m.test(block))
    .map((block) => /^model (\w+)/.exec(block)?.[1] ?? "")
    // The values themselves, and what is staff's.
    .filter((model) => !["Vault", "User", "Connector"].includes(model));
  expect(holders.length).toBeGreaterThan(5);
  expect(PLACEHOLDER_HOLDERS.map(({ table }) => table).sort()).toEqual(holders.sort());
});
