import fc from "fast-check";
import { expect, test } from "vitest";
import { asRedacted, keyOf, restore } from "@/lib/privacy";
import { redactStream } from "./redact-stream";
import { newCaller } from "./testing";

const answer =
  "Hello Sarah Connor, I will write to sarah@example.com or call +49 30 90182 7714. " +
  "Is 12 Maple Drive, Springfield right, or does Mr. Quorvin Brask live there? Order 12345 costs 2,000.";

test("however a model's answer is cut, no name, number or address is shown, and all of it can be put back", async () => {
  const key = await keyOf(await newCaller());
  await fc.assert(
    fc.asyncProperty(fc.array(fc.integer({ min: 1, max: 14 }), { minLength: 1 }), async (sizes) => {
      const stream = redactStream(key);
      let shown = "";
      for (let at = 0, turn = 0; at < answer.length; turn += 1) {
        const size = sizes[turn % sizes.length] ?? 1;
        shown += await stream.push(answer.slice(at, at + size));
        at += size;
      }
      shown += await stream.end();
      expect(shown).not.toMatch(/Sarah|Connor|@|90182|Maple|Quorvin|Brask/);
      expect(shown).toContain("Order 12345 costs 2,000.");
      expect(await restore(key, asRedacted(shown))).toBe(answer);
    }),
    { numRuns: 25 },
  );
});

test("a model that goes on inventing people fills no vault", async () => {
  const key = await keyOf(await newCaller());
  const stream = redactStream(key);
  let shown = "";
  for (let at = 0; at < 160; at += 1) {
    const letters = String.fromCodePoint(97 + (at % 26), 97 + Math.floor(at / 26));
    shown += await stream.push(`and then Mr. Zorvax${letters} came, `);
  }
  shown += await stream.end();
  expect(shown).not.toContain("Zorvax");
  expect(shown).toContain("[PERSON_100]");
  expect(shown).not.toContain("[PERSON_101]");
  expect(shown).toContain("[REDACTED]");
});
