import { beforeAll, expect, test } from "vitest";
import { confirmProposal, streamConversation } from "@/lib/conversation";
import { dataMap } from "@/lib/data-map";
import { keyOf } from "@/lib/privacy";
import { seedProducts } from "@/scripts/seed/shop";
import { askToCancel, finish } from "./proposal-for-tests";
import { readShop } from "./shop/store-for-tests";

beforeAll(seedProducts);

test("every open screen is shown the card and each of its states, and a screen that opens later how it stands", async () => {
  const { caller, conversationId, proposal } = await askToCancel();
  const leave = new AbortController();
  const seen: string[] = [];
  const watching = (async () => {
    for await (const event of streamConversation(caller, conversationId, 0, leave.signal)) {
      if (event.type === "snapshot") {
        seen.push(...event.proposals.map(({ state }) => state));
      } else if (event.type === "proposal") {
        seen.push(event.proposal.state);
      }
      if (seen.includes("done")) {
        return;
      }
    }
  })();
  await expect.poll(() => seen).toEqual(["proposed"]);
  await confirmProposal(caller, proposal.id);
  await expect.poll(() => seen).toEqual(["proposed", "confirmed"]);
  await finish(proposal.id);
  await watching;
  leave.abort();
  for await (const event of streamConversation(caller, conversationId, 0, leave.signal)) {
    expect(event).toMatchObject({ type: "snapshot", proposals: [{ state: "done" }] });
    break;
  }
});

test("a customer's export holds what was proposed and done, and their erasure leaves nothing of it", async () => {
  const { caller, number, proposal } = await askToCancel();
  await confirmProposal(caller, proposal.id);
  await finish(proposal.id);
  const key = await keyOf(caller);
  const entry = (name: string) => dataMap.find((each) => each.name === name);
  const collect = async (name: string) => {
    const rows: unknown[] = [];
    for await (const row of entry(name)?.collect?.(caller.id, key) ?? []) {
      rows.push(row);
    }
    return rows;
  };
  expect(await collect("Proposal")).toMatchObject([
    {
      id: proposal.id,
      args: { number, reason: "no_longer_needed" },
      card: { title: `Cancel order ${number}` },
      result: expect.stringContaining("was cancelled"),
      state: "done",
    },
  ]);
  expect(await collect("ShopOrder")).toMatchObject([
    { number, changes: [{ kind: "cancel_order", reason: "no_longer_needed" }] },
  ]);
  await entry("Proposal")?.erase(caller.id);
  await entry("ShopOrder")?.erase(caller.id);
  expect(await entry("Proposal")?.count(caller.id)).toBe(0);
  expect(await entry("ShopOrder")?.count(caller.id)).toBe(0);
  // The merchant's own record of the order stays, untied from the person.
  expect(JSON.stringify((await readShop(number)).effects)).not.toContain(caller.id);
});
