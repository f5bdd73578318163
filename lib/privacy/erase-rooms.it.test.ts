import { afterAll, expect, test } from "vitest";
import type { CustomerCaller } from "@/lib/auth/schema";
import {
  acceptMessage,
  claimTurn,
  commitTurn,
  leaveAddress,
  requestPerson,
  startAnswer,
} from "@/lib/conversation";
import { findCustomer, giveConsent, registerCustomer } from "@/lib/customer";
import { dataMap } from "@/lib/data-map";
import { newId } from "@/lib/id";
import { importOrder } from "@/lib/shop";
import { openExport, openRequest, redact, runErasure, runExport } from "./index";
import { keyOf } from "./keys";
import { closePostgres, findRedisKeysWith, findTablesWith } from "./store-fixture";

/** A person as the product's own doors make one, with words that stand nowhere else. */
async function makePerson() {
  const word = `w${newId().replaceAll("-", "")}`;
  const email = `${word}@example.com`;
  const { id } = await registerCustomer(null, { email, name: `Mia ${word}`, passwordHash: "x" });
  const caller: CustomerCaller = {
    kind: "customer",
    id,
    keyEpoch: 1,
    registered: true,
    memoryOn: true,
    restricted: false,
  };
  await giveConsent(id, { memory: true });
  const conversationId = newId();
  const text = `I am ${word}, write to ${email}`;
  const { turnId } = await acceptMessage(caller, { id: newId(), conversationId, text });
  const elsewhere = newId();
  const again = `${word} here, a person please`;
  await acceptMessage(caller, { id: newId(), conversationId: elsewhere, text: again });
  await requestPerson(caller, elsewhere, "customer_asked");
  await leaveAddress(caller, elsewhere, `at.home.${email}`);
  await importOrder(caller, {
    number: `ORD-${Date.now()}${Math.floor(Math.random() * 1_000)}`,
    status: "shipped",
    placedAt: new Date(),
    expectedAt: null,
    deliveredAt: null,
    paymentMethod: "card",
    recipient: `Mia ${word}`,
    address: `Road of ${word}`,
    items: [{ productId: "tent", variantId: null, name: "Tent", quantity: 1, priceCents: 100 }],
    shipments: [],
  });
  return { caller, conversationId, word, email, turnId: turnId ?? "" };
}

async function request(customerId: string, kind: "export" | "erasure"): Promise<string> {
  const opened = { openedBy: "customer", openedById: customerId } as const;
  return (await openRequest({ kind, customerId, ...opened, reason: "asked_online" })).id;
}

afterAll(closePostgres);

test("nothing that a person said or is called stands in clear in any table", async () => {
  const { word, email, caller } = await makePerson();
  expect(await findTablesWith([word, email])).toEqual([]);
  // The search is no decoration: an id that must be there is found.
  expect(await findTablesWith([caller.id])).toContain("public.Customer");
});

test("what every room has sealed opens in the person's export", async () => {
  const { caller, word } = await makePerson();
  const requestId = await request(caller.id, "export");
  await runExport(requestId, dataMap);
  const { stream, bytes } = await openExport(requestId, caller);
  const zip = Buffer.from(await new Response(stream).arrayBuffer());
  expect(zip.length).toBe(bytes);
  // Stored, not deflated, so that the words can be looked for in the archive itself.
  expect(zip.includes(`I am ${word}, write to ${word}@example.com`)).toBe(true);
  expect(zip.includes(`Road of ${word}`)).toBe(true);
  expect(zip.includes(`Mia ${word}`)).toBe(true);
  expect(zip.includes(`at.home.${word}@example.com`)).toBe(true);
});

test("an answer that was being written when its customer was erased is stored nowhere", async () => {
  const { caller, conversationId, word, turnId } = await makePerson();
  const turn = await claimTurn("runner-of-this-test", turnId);
  if (!turn) {
    throw new Error("The turn could not be claimed");
  }
  await startAnswer(turn);
  const late = await redact(await keyOf(caller), `Dear ${word}`);
  await runErasure(await request(caller.id, "erasure"), dataMap);
  const stored = await commitTurn(turn, { text: late, meta: {}, tokens: 3 }).then(
    (answer) => answer.stored,
    () => false,
  );
  expect(stored).toBe(false);
  expect(await findTablesWith([caller.id, conversationId, word])).toEqual([]);
  expect(await findRedisKeysWith(conversationId)).toEqual([`rc:{${conversationId}}:gone`]);
  expect(await findCustomer(caller.id)).toBeNull();
});
