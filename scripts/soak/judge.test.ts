import { expect, test } from "vitest";
import type { MessageView } from "@/lib/conversation/schema";
import { type Evidence, judge, type StoredMessage, type StoredTurn } from "./judge";

const at = "2026-01-01T00:00:00.000Z";
const stored = (given: Partial<StoredMessage>): StoredMessage => ({
  id: "question",
  conversationId: "talk",
  seq: 1,
  role: "customer",
  turnId: "turn",
  byPerson: false,
  ...given,
});
const turn = (given: Partial<StoredTurn>): StoredTurn => ({
  id: "turn",
  conversationId: "talk",
  state: "done",
  throughSeq: 1,
  answerId: "answer",
  failure: null,
  createdAt: 1,
  ...given,
});
const view = (given: Partial<MessageView>): MessageView => ({
  id: "answer",
  seq: 2,
  role: "assistant",
  state: "final",
  text: "Cold, with soap.",
  createdAt: at,
  ...given,
});

/** One question and its answer, stored, shown and in order. */
const sound: Evidence = {
  acknowledged: [{ id: "question", conversationId: "talk", seq: 1, role: "customer" }],
  sent: ["question"],
  refused: [],
  unacknowledged: [],
  messages: [stored({}), stored({ id: "answer", seq: 2, role: "assistant" })],
  turns: [turn({})],
  screens: [{ who: "Maya", conversationId: "talk", shown: [view({})], stored: [view({})] }],
};

/** The guarantees that the evidence speaks against, with the first thing that does. */
function broken(changed: Partial<Evidence>): [string, string | undefined][] {
  return judge({ ...sound, ...changed })
    .filter(({ violations }) => violations.length > 0)
    .map(({ guarantee, violations }) => [guarantee, violations[0]]);
}

test("a run in which nothing went wrong breaks nothing", () => {
  expect(broken({})).toEqual([]);
  expect(judge(sound)).toHaveLength(8);
});

test("an acknowledged message that is not stored is a loss", () => {
  const [answer] = sound.messages.slice(1);
  expect(broken({ messages: answer ? [answer] : [] })).toEqual([
    ["no acknowledged message is lost", "message question of talk (seq 1) is not stored"],
  ]);
});

test("an acknowledged message that stands elsewhere than was said is a loss", () => {
  const messages = [stored({ seq: 7 }), ...sound.messages.slice(1)];
  expect(broken({ messages })[0]?.[0]).toBe("no acknowledged message is lost");
});

test("a message under an id that nobody sent is a doubled one", () => {
  const messages = [...sound.messages, stored({ id: "again", seq: 3 })];
  expect(broken({ messages })).toEqual([
    ["no message is stored twice", "again in talk was sent by nobody"],
  ]);
});

test("two messages at one place are told", () => {
  const messages = [...sound.messages, stored({ id: "line", role: "event", turnId: null })];
  expect(broken({ messages })).toEqual([
    ["no message is stored twice", "talk seq 1 is there twice"],
  ]);
});

test("a turn with two answers is told", () => {
  const second = stored({ id: "second", seq: 3, role: "assistant" });
  expect(broken({ messages: [...sound.messages, second] })).toEqual([
    ["no message is answered twice", "an answer of turn turn is there twice"],
  ]);
});

test("a message that two turns answered is told, whichever is stored first", () => {
  const answer = stored({ id: "second", seq: 3, role: "assistant", turnId: "later" });
  const later = turn({ id: "later", answerId: "second", createdAt: 2 });
  for (const turns of [
    [turn({}), later],
    [later, turn({})],
  ]) {
    expect(broken({ messages: [...sound.messages, answer], turns })).toEqual([
      ["no message is answered twice", "turn later answers seq 1 of talk again"],
    ]);
  }
});

test("a second turn for a message whose first one failed answers nothing twice", () => {
  const failed = turn({ id: "before", state: "failed", answerId: null, createdAt: 0 });
  expect(broken({ turns: [failed, turn({})] })).toEqual([]);
});

test("a finished turn without its answer is told", () => {
  expect(broken({ messages: [stored({})] })[0]?.[0]).toBe("every finished turn has its answer");
});

test("turns that wait or run for ever are stuck", () => {
  for (const state of ["pending", "running"]) {
    const open = turn({ id: "open", state, throughSeq: 3, answerId: null, createdAt: 2 });
    expect(broken({ turns: [...sound.turns, open] })).toEqual([
      ["no turn is stuck", `turn open of talk is still ${state}`],
    ]);
  }
});

test("an answer after a person took over is told, and one after the hand-back is not", () => {
  const taken = stored({ id: "taken", seq: 3, role: "boundary", turnId: null, byPerson: true });
  const back = stored({ id: "back", seq: 4, role: "boundary", turnId: null });
  const late = stored({ id: "late", seq: 5, role: "assistant", turnId: "other" });
  expect(broken({ messages: [...sound.messages, taken, back, late] })).toEqual([]);
  expect(broken({ messages: [...sound.messages, taken, { ...late, seq: 4 }] })).toEqual([
    ["no answer follows a take-over", "seq 4 of talk is the AI's, after the take-over at 3"],
  ]);
});

test("a message that is refused for good, or never taken, is told", () => {
  expect(broken({ refused: ["Maya was refused"], unacknowledged: ["x"] })).toHaveLength(1);
  expect(broken({ unacknowledged: ["x"] })[0]?.[1]).toContain("never acknowledged");
});

test.each<[string, MessageView[]]>([
  ["a text that differs by one letter", [view({ text: "Cold, with soup." })]],
  ["an interrupted answer that reads as whole", [view({ state: "interrupted" })]],
  ["a message that is missing", []],
  ["one that is stored nowhere", [view({}), view({ id: "ghost", seq: 9 })]],
])("a screen with %s is told", (_name, shown) => {
  const screens = [{ who: "Maya", conversationId: "talk", shown, stored: [view({})] }];
  expect(broken({ screens }).map(([guarantee]) => guarantee)).toEqual([
    "every screen ends with the stored text",
  ]);
});

test("a screen whose messages stand in another order is told", () => {
  const [one, other] = [view({}), view({ id: "other", seq: 3 })];
  const screens = [
    { who: "Maya", conversationId: "talk", shown: [other, one], stored: [one, other] },
  ];
  expect(broken({ screens })[0]?.[1]).toContain("order");
});

test("a conversation that cannot be read in the end is told", () => {
  const screens = [{ who: "Maya", conversationId: "talk", shown: [], stored: null }];
  expect(broken({ screens })[0]?.[1]).toContain("could not read");
});
