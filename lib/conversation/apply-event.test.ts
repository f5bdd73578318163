import fc from "fast-check";
import { expect, test } from "vitest";
import {
  applyEvent,
  type ChatState,
  type ConversationView,
  emptyChat,
  type MessageView,
  type StreamEvent,
} from "./schema";

const TURN = "0190a000-0000-7000-8000-000000000001";
const CONVERSATION: ConversationView = {
  id: "0190a000-0000-7000-8000-00000000000c",
  status: "open",
  owner: "AI",
  title: null,
  generation: 1,
  lastSeq: 1,
  waitingSince: null,
  lastMessageAt: "2026-01-01T00:00:00.000Z",
  createdAt: "2026-01-01T00:00:00.000Z",
  unread: false,
  people: { seenSeq: 0, queue: null, offered: false, address: null },
};

const message = (seq: number, more: Partial<MessageView> = {}): MessageView => ({
  id: `0190a000-0000-7000-8000-${String(seq).padStart(12, "0")}`,
  seq,
  role: "customer",
  state: "final",
  text: `message ${seq}`,
  createdAt: "2026-01-01T00:00:00.000Z",
  ...more,
});

type Delta = Extract<StreamEvent, { type: "delta" }>;

const delta = (generation: number, offset: number, text: string): Delta => ({
  type: "delta",
  turn: TURN,
  generation,
  offset,
  text,
});

const play = (events: StreamEvent[], from: ChatState = emptyChat) =>
  events.reduce(applyEvent, from);

/** An attempt's text, cut into deltas anywhere. */
const attempt = fc
  .tuple(fc.string({ minLength: 1, maxLength: 40 }), fc.array(fc.nat(40), { maxLength: 6 }))
  .map(([text, cuts]) => {
    const at = [...new Set([0, ...cuts.map((cut) => cut % text.length), text.length])].sort(
      (a, b) => a - b,
    );
    const pieces = at.slice(1).map((end, index) => {
      const start = at[index] ?? 0;
      return { offset: start, text: text.slice(start, end) };
    });
    return { text, pieces };
  });

test("an answer that arrives in order is shown whole, however often its pieces are repeated", () => {
  fc.assert(
    fc.property(attempt, fc.array(fc.nat(20), { maxLength: 20 }), ({ text, pieces }, repeats) => {
      const events = pieces.map((piece) => delta(3, piece.offset, piece.text));
      const doubled = events.flatMap((event, index) => [
        event,
        ...repeats.flatMap((n) => (n <= index ? (events[n] ?? []) : [])),
      ]);
      const shown = play(doubled);
      expect(shown.answer?.text).toBe(text);
      expect(shown.stale).toBe(false);
    }),
  );
});

test("in any order and with any loss, what is shown is a beginning of the newest attempt", () => {
  fc.assert(
    fc.property(
      fc.array(attempt, { minLength: 1, maxLength: 4 }),
      fc.array(fc.tuple(fc.nat(3), fc.nat(6)), { maxLength: 40 }),
      (attempts, picks) => {
        const seen: number[] = [];
        let state = emptyChat;
        for (const [a, p] of picks) {
          const generation = a % attempts.length;
          const pieces = attempts[generation]?.pieces ?? [];
          const piece = pieces[p % pieces.length];
          if (piece) {
            seen.push(generation);
            state = applyEvent(state, delta(generation + 1, piece.offset, piece.text));
          }
        }
        const newest = Math.max(...seen);
        if (seen.length > 0) {
          expect(state.generation).toBe(newest + 1);
          expect(state.answer?.generation).toBe(newest + 1);
          expect(attempts[newest]?.text.startsWith(state.answer?.text ?? "-")).toBe(true);
        }
      },
    ),
  );
});

test("a higher generation begins the answer anew, and a lower one is dropped", () => {
  const shown = play([delta(2, 0, "old words"), delta(3, 0, "new"), delta(2, 9, " of a zombie")]);
  expect(shown.answer).toMatchObject({ generation: 3, text: "new" });
});

test("a hole is not shown; it asks for a new connection, and the snapshot heals it", () => {
  const holed = play([delta(2, 0, "one "), delta(2, 8, "three")]);
  expect(holed).toMatchObject({ stale: true, answer: { text: "one " } });
  const turn = { id: TURN, generation: 2, text: "one two three", offset: 13 };
  const healed = applyEvent(holed, {
    type: "snapshot",
    conversation: { ...CONVERSATION, generation: 2 },
    messages: [],
    proposals: [],
    turn,
  });
  expect(healed).toMatchObject({ stale: false, answer: { text: "one two three" } });
});

test("messages stand by seq, each once, whatever order they come in", () => {
  fc.assert(
    fc.property(fc.array(fc.integer({ min: 1, max: 12 }), { maxLength: 40 }), (seqs) => {
      const state = play(seqs.map((seq) => ({ type: "message", message: message(seq) })));
      expect(state.messages.map(({ seq }) => seq)).toEqual(
        [...new Set(seqs)].sort((a, b) => a - b),
      );
    }),
  );
});

test("the stored answer replaces the streamed one", () => {
  const stored = message(2, { role: "assistant", turnId: TURN, text: "There it is." });
  const state = play([
    delta(2, 0, "There it"),
    { type: "message", message: stored },
    { type: "turn", turn: TURN, generation: 2, state: "done", messageId: stored.id },
  ]);
  expect(state).toMatchObject({ answer: null, outcome: "done", messages: [stored] });
});

test("a take-over removes the running answer, and the zombie's words stay away", () => {
  const state = play([
    delta(2, 0, "I think"),
    { type: "conversation", conversation: { ...CONVERSATION, owner: "HUMAN", generation: 3 } },
    delta(2, 7, " that"),
  ]);
  expect(state).toMatchObject({ answer: null, generation: 3, conversation: { owner: "HUMAN" } });
});

test("what the agent is doing is shown until its first word", () => {
  const status = { type: "status", turn: TURN, generation: 2, text: "Looking it up" } as const;
  expect(play([status]).answer).toMatchObject({ text: "", status: "Looking it up" });
  expect(play([status, delta(2, 0, "It")]).answer).toMatchObject({ text: "It", status: null });
  expect(play([status, delta(2, 0, "It"), status]).answer).toMatchObject({ status: null });
});

test("what was seen stays seen when an older copy of the conversation comes in after a newer one", () => {
  const seen = (seenSeq: number): StreamEvent => ({
    type: "conversation",
    conversation: { ...CONVERSATION, people: { ...CONVERSATION.people, seenSeq } },
  });
  expect(play([seen(4), seen(7), seen(5)]).conversation?.people.seenSeq).toBe(7);
});

test("that somebody writes is over when their message has come", () => {
  const typing: StreamEvent = { type: "typing", by: "staff" };
  expect(play([typing, typing]).typing).toEqual({ by: "staff", beat: 2 });
  expect(play([typing, { type: "message", message: message(2) }]).typing).not.toBeNull();
  const theirs: StreamEvent = { type: "message", message: message(2, { role: "staff" }) };
  expect(play([typing, theirs]).typing).toBeNull();
});
