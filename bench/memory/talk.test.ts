import { expect, test } from "vitest";
import { countTokens } from "@/lib/memory";
import { answer, question, summary, Witness } from "./talk";

test("a turn has about 101 tokens, and none is far from it", () => {
  const tokens = Array.from(
    { length: 20 },
    (_, turn) => countTokens(question(turn + 90)) + countTokens(answer(turn + 90)),
  );
  const mean = tokens.reduce((sum, each) => sum + each, 0) / tokens.length;
  expect(mean).toBeGreaterThan(100);
  expect(mean).toBeLessThan(102);
  expect(Math.min(...tokens)).toBeGreaterThan(90);
  expect(Math.max(...tokens)).toBeLessThan(112);
});

test("a witness tells how often a summariser was given each message", () => {
  const witness = new Witness();
  witness.note("one", `Customer: ${question(1)}\nAssistant: ${answer(1)}`);
  witness.note("one", `${summary}\nAI: ${answer(1)}\nHuman: ${question(12)}`);
  witness.note("other", question(7));
  expect(witness.told("one")).toMatchObject({ calls: 2, given: 4, messages: 3 });
  expect(witness.told("other")).toEqual({
    calls: 1,
    chars: question(7).length,
    given: 1,
    messages: 1,
  });
  expect(witness.told("nobody")).toEqual({ calls: 0, chars: 0, given: 0, messages: 0 });
});
