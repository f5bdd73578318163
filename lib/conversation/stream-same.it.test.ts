import fc from "fast-check";
import { afterAll, expect, test } from "vitest";
import { begin, claim } from "./for-tests";
import {
  checkpointTurn,
  commitTurn,
  eventWriter,
  interruptTurn,
  startAnswer,
  takeOver,
} from "./index";
import type { ClaimedTurn } from "./schema";
import { closeAll, expireLease, newLead, rawRedis, readRecord, said } from "./store-for-tests";
import { Reader } from "./store-reader-for-tests";

afterAll(closeAll);

const forget = (id: string) =>
  rawRedis((redis) => redis.del(`rc:{${id}}:events`, `rc:{${id}}:generation`));

test("Redis forgets everything in mid-answer: who was there misses nothing, who comes later soon has it too", async () => {
  const { ada, conversation, turnId } = await begin();
  const turn = await claim(turnId);
  await startAnswer(turn);
  const writer = eventWriter(turn);
  const early = new Reader(ada, conversation);
  writer.delta(said("One "));
  await writer.end();
  await early.until(({ answer }) => answer?.text === "One ");
  await forget(conversation);
  writer.delta(said("two "));
  await writer.end();
  await early.until(({ answer }) => answer?.text === "One two ");
  const late = new Reader(ada, conversation);
  await late.step();
  expect(late.state.answer).toMatchObject({ text: "" });
  await checkpointTurn(turn, said("One "));
  writer.delta(said("three"));
  await writer.end();
  await late.until(({ answer }) => answer?.text === "One two three");
  await early.until(({ answer }) => answer?.text === "One two three");
  await Promise.all([early.leave(), late.leave()]);
});

const WORDS = ["I write ", "to [EM", "AIL_1]", " about ", "[EMAIL_", "1], ", "then wait. "];
const deed = fc.oneof(
  { weight: 6, arbitrary: fc.constantFrom(...WORDS) },
  fc.constantFrom("flush", "keep", "forget", "die", "look"),
);
const end = fc.constantFrom("commit", "stop", "takeOver");

test("however an answer came about, in the end every screen shows what is stored, in the form that this screen may see", {
  timeout: 60_000,
}, async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(deed, { minLength: 4, maxLength: 16 }), end, async (deeds, how) => {
      const { ada, conversation, turnId } = await begin("I am ada@example.com");
      const [mara, colleague] = [await newLead("Mara"), await newLead("Jon")];
      const readers = [ada, mara, colleague].map((caller) => new Reader(caller, conversation));
      await Promise.all(readers.map((reader) => reader.step()));
      const spoken = await speak(await claim(turnId), deeds, async () => {
        const late = new Reader(ada, conversation);
        await late.step();
        readers.push(late);
      });
      await finish(how, spoken, () => takeOver(mara, conversation));

      const record = await readRecord(ada, conversation);
      const stored = record.filter(({ role }) => role === "assistant").map(({ text }) => text);
      const restored = stored.map((text) => text.replaceAll("[EMAIL_1]", "ada@example.com"));
      const isOver = how === "takeOver" ? "interrupted" : how === "stop" ? "cancelled" : "done";
      for (const [n, reader] of readers.entries()) {
        const staff = n === 2 || (n === 1 && how !== "takeOver");
        const state = await reader.until(({ answer, messages, outcome, conversation: shown }) => {
          const all = messages.length === record.length && answer === null;
          return all && (outcome === isOver || shown?.lastSeq === record.at(-1)?.seq);
        });
        const shown = state.messages.filter(({ role }) => role === "assistant");
        expect(shown.map(({ text }) => text)).toEqual(staff ? stored : restored);
        await reader.leave();
      }
    }),
    { numRuns: 20, endOnFailure: true },
  );
});

type Spoken = { turn: ClaimedTurn; text: string };

/** Speaks, forgets, dies and is taken over, as it comes. */
async function speak(
  first: ClaimedTurn,
  deeds: string[],
  look: () => Promise<void>,
): Promise<Spoken> {
  let turn = first;
  let text = "";
  let writer = eventWriter(turn);
  await startAnswer(turn);
  const acts: Record<string, () => Promise<unknown>> = {
    flush: () => writer.end(),
    keep: () => checkpointTurn(turn, said(text)),
    forget: () => forget(turn.conversationId),
    look,
    die: async () => {
      await expireLease(turn);
      turn = await claim(turn.id, "another");
      await startAnswer(turn);
      writer = eventWriter(turn);
      text = "";
    },
  };
  for (const each of withTwoDeaths(deeds)) {
    const act = acts[each];
    if (act) {
      await act();
    } else {
      text += each;
      writer.delta(said(each));
    }
  }
  return { turn, text };
}

// A third one uses up the attempts.
function withTwoDeaths(deeds: string[]): string[] {
  let deaths = 0;
  return deeds.filter((each) => {
    deaths += each === "die" ? 1 : 0;
    return each !== "die" || deaths <= 2;
  });
}

async function finish(how: string, { turn, text }: Spoken, take: () => Promise<void>) {
  if (how === "takeOver") {
    await checkpointTurn(turn, said(text));
    await take();
  } else if (how === "stop") {
    await interruptTurn(turn, said(text), "cancelled");
  } else {
    await commitTurn(turn, { text: said(`${text}That is all, [EMAIL_1].`), meta: {}, tokens: 9 });
  }
}
