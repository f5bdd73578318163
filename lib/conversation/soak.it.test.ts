import { afterAll, expect, test } from "vitest";
import type { StaffCaller } from "@/lib/auth/schema";
import { newId } from "@/lib/id";
import { begin, send } from "./for-tests";
import {
  cancelTurn,
  checkpointTurn,
  claimTurn,
  commitTurn,
  handBack,
  requestPerson,
  retryAnswer,
  sendStaffMessage,
  startAnswer,
  takeOver,
} from "./index";
import {
  closeAll,
  newLead,
  readConversation,
  readRecord,
  readTurns,
  said,
} from "./store-for-tests";

afterAll(closeAll);

type Begun = Awaited<ReturnType<typeof begin>>;

/** Everything that people and runners do to one conversation, each as often as it comes, without waiting for another. */
function everything({ ada, conversation }: Begun, mara: StaffCaller): (() => Promise<unknown>)[] {
  const message = { id: newId(), conversationId: conversation, text: "Mara here" };
  const turns = async () => {
    const active = (await readTurns(conversation)).find(({ finishedAt }) => !finishedAt);
    const turn = active && (await claimTurn(newId(), active.id));
    if (turn) {
      await startAnswer(turn);
      await checkpointTurn(turn, said("half an ans"));
      await commitTurn(turn, { text: said("an answer"), meta: {}, tokens: 2 });
    }
  };
  return [
    turns,
    () => requestPerson(ada, conversation, "customer_asked"),
    () => takeOver(mara, conversation),
    () => sendStaffMessage(mara, { ...message, id: newId() }),
    () => handBack(mara, conversation),
    () => send(ada, conversation, "a question"),
    turns,
    () => cancelTurn(ada, conversation),
    () => retryAnswer(ada, conversation),
    turns,
  ];
}

type Spoken = Awaited<ReturnType<typeof readRecord>>[number];

const ownerAfter = ({ role, text }: Spoken, before: string): string => {
  if (role === "boundary") {
    return text.startsWith("A person") ? "staff" : "assistant";
  }
  return role === "event" ? "nobody" : before;
};

/** Words of the AI where a person or nobody owned the conversation, and of a person where they did not. */
function misplaced(record: Spoken[]): Spoken[] {
  let owner = "assistant";
  return record.filter((message) => {
    owner = ownerAfter(message, owner);
    return ["assistant", "staff"].includes(message.role) && message.role !== owner;
  });
}

test("whatever people and runners do at once, the record stays in order and the AI out of what is a person's", async () => {
  const begun = await begin();
  const mara = await newLead();
  const refusals: unknown[] = [];
  // Once in order, so that every kind of line is there whatever chance brings.
  for (const act of everything(begun, mara)) {
    await act().catch((error: unknown) => refusals.push(error));
  }
  for (let round = 0; round < 12; round += 1) {
    const acts = everything(begun, mara)
      .map((act) => ({ act, order: Math.random() }))
      .sort((a, b) => a.order - b.order);
    await Promise.all(acts.map(({ act }) => act().catch((error: unknown) => refusals.push(error))));
  }
  // A lead who does not own it may not answer, and nobody may send too fast: nothing else is refused.
  for (const refusal of refusals) {
    expect(refusal).toMatchObject({
      code: expect.stringMatching(/^conversation_owned|rate_limited$/),
    });
  }
  const record = await readRecord(begun.ada, begun.conversation);
  expect(new Set(record.map(({ seq }) => seq)).size).toBe(record.length);
  expect(misplaced(record)).toEqual([]);
  const roles = record.map(({ role }) => role);
  expect(roles).toEqual(expect.arrayContaining(["assistant", "staff", "boundary", "event"]));
  const { lastSeq } = await readConversation(begun.conversation);
  expect(lastSeq).toBeGreaterThanOrEqual(record.at(-1)?.seq ?? 0);
  const active = (await readTurns(begun.conversation)).filter(({ finishedAt }) => !finishedAt);
  expect(active.length).toBeLessThanOrEqual(2);
}, 60_000);
