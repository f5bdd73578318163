import { afterAll, expect, test } from "vitest";
import type { CustomerCaller } from "@/lib/auth/schema";
import { answer, begin, claim, peopleOf, send } from "./for-tests";
import {
  commitTurn,
  declineOffer,
  failTurn,
  handBack,
  rateMessage,
  retryAnswer,
  startAnswer,
  takeOver,
} from "./index";
import { closeAll, newCustomer, newLead } from "./store-for-tests";

afterAll(closeAll);

/** One answer to a message of the customer: a good one, one of another model, or none. */
async function give(
  ada: CustomerCaller,
  conversation: string,
  how: "good" | "second" | "built-in" | "failed",
) {
  const turn = await claim((await send(ada, conversation, "and now?")).turnId);
  if (how === "failed") {
    await failTurn(turn, "unexpected");
    return null;
  }
  await startAnswer(turn);
  const given = answer("Here.");
  const meta = {
    ...given.meta,
    ...(how === "second" && { fallback: "slow" }),
    ...(how === "built-in" && { fallback: "slow", builtIn: true }),
  };
  return (await commitTurn(turn, { ...given, meta })).message?.id ?? null;
}

/** A new customer whose first message was answered well. */
async function answered() {
  const begun = await begin();
  await commitTurn(await claim(begun.turnId), answer("There."));
  const offered = async () => (await peopleOf(begun.ada, begun.conversation))?.offered;
  return { ...begun, offered };
}

test("a person is offered after two answers in a row that did not help, and not after a good one between them", async () => {
  const { ada, conversation, offered } = await answered();
  await give(ada, conversation, "failed");
  expect(await offered()).toBe(false);
  await give(ada, conversation, "good");
  await give(ada, conversation, "built-in");
  expect(await offered()).toBe(false);
  await give(ada, conversation, "failed");
  expect(await offered()).toBe(true);
  // The second model's answer is as good as the first one's.
  await give(ada, conversation, "second");
  expect(await offered()).toBe(false);
});

test("two thumbs down offer a person, and taking one back takes the offer back", async () => {
  const { ada, conversation, offered } = await answered();
  const first = (await give(ada, conversation, "good")) ?? "";
  const second = (await give(ada, conversation, "good")) ?? "";
  await rateMessage(ada, second, -1);
  expect(await offered()).toBe(false);
  await rateMessage(ada, first, -1);
  expect(await offered()).toBe(true);
  await rateMessage(ada, second, 1);
  expect(await offered()).toBe(false);
});

test("a retry that works ends the row of failures", async () => {
  const { ada, conversation, offered } = await answered();
  await give(ada, conversation, "failed");
  await give(ada, conversation, "failed");
  expect(await offered()).toBe(true);
  await commitTurn(await claim(await retryAnswer(ada, conversation)), answer("Now."));
  expect(await offered()).toBe(false);
});

test("who says no thanks is not asked again, until a person was there", async () => {
  const { ada, conversation, offered } = await answered();
  await give(ada, conversation, "failed");
  await give(ada, conversation, "failed");
  await expect(declineOffer(await newCustomer(), conversation)).rejects.toMatchObject({
    code: "not_found",
  });
  await declineOffer(ada, conversation);
  await give(ada, conversation, "failed");
  expect(await offered()).toBe(false);
  const mara = await newLead();
  await takeOver(mara, conversation);
  await handBack(mara, conversation);
  expect(await offered()).toBe(false);
  await give(ada, conversation, "failed");
  expect(await offered()).toBe(false);
  await give(ada, conversation, "failed");
  expect(await offered()).toBe(true);
});
