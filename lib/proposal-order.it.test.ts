import fc from "fast-check";
import { beforeAll, expect, test } from "vitest";
import {
  claimProposal,
  confirmProposal,
  declineProposal,
  sweepProposals,
  takeOver,
} from "@/lib/conversation";
import { Refusal } from "@/lib/errors";
import { newId } from "@/lib/id";
import { seedProducts } from "@/scripts/seed/shop";
import { carryOut } from "./agent/carry-out";
import { newLead, readRecord } from "./conversation/store-for-tests";
import { ageProposal, expireCarrier, readProposal } from "./conversation/store-proposal-for-tests";
import { proposed, realCancel } from "./proposal-for-tests";
import { readShop } from "./shop/store-for-tests";

beforeAll(seedProducts);

type Given = Awaited<ReturnType<typeof proposed>>;

async function unlessRefused(work: Promise<unknown>): Promise<void> {
  await work.catch((error: unknown) => {
    if (!(error instanceof Refusal)) {
      throw error;
    }
  });
}

/** A process begins and dies: before the effect, or after it with the result untold. */
async function die({ id, caller, request }: Given, after: boolean): Promise<void> {
  const claimed = await claimProposal(newId(), id);
  if (claimed && after) {
    await realCancel(caller, request, id, AbortSignal.timeout(10_000));
  }
  await expireCarrier(id);
}

const deeds = {
  confirm: ({ caller, id }: Given) => unlessRefused(confirmProposal(caller, id)),
  decline: ({ caller, id }: Given) => unlessRefused(declineProposal(caller, id)),
  halfAnHour: ({ id }: Given) => ageProposal(id, 31),
  carry: ({ id }: Given) => carryOut(id, { runnerId: newId() }),
  dieBefore: (given: Given) => die(given, false),
  dieAfter: (given: Given) => die(given, true),
  sweep: () => sweepProposals(1000),
  takeOver: async ({ conversationId }: Given) => await takeOver(await newLead(), conversationId),
};
type Deed = keyof typeof deeds;
const deed = fc.constantFrom<Deed>(...(Object.keys(deeds) as Deed[]));

test("in whatever order it is confirmed, declined, expired, taken over, carried out and died over, it is done once or not at all", async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(fc.tuple(deed, deed), { maxLength: 6 }), async (pairs) => {
      const given = await proposed();
      const { stock } = await readShop(given.number);
      for (const [one, other] of pairs) {
        await Promise.all([deeds[one](given), deeds[other](given)]);
      }
      while ((await sweepProposals(1000)).includes(given.id)) {
        await carryOut(given.id, { runnerId: newId() });
      }
      const { state, why } = await readProposal(given.id);
      const shop = await readShop(given.number);
      const told = (await readRecord(given.caller, given.conversationId)).filter(
        ({ role }) => role === "tool",
      );
      const done = state === "done";
      expect([shop.status, shop.effects.length, shop.stock - stock, told.length]).toEqual(
        done ? ["cancelled", 1, 1, 1] : ["packed", 0, 0, 0],
      );
      expect(["proposed", "declined", "expired", "done"]).toContain(
        why === "late" ? "done" : state,
      );
    }),
    { numRuns: 25 },
  );
}, 60_000);
