import { type Removed, runRetention } from "./retention";
import { db } from "./store-fixture";
import { dropActs } from "./store-retention-fixture";

/** What the runs of one test have asked others to do. */
export const asked = { toClear: [] as string[], sent: [] as string[] };

export const run = {
  clearLater: async (_: unknown, { conversationId }: { conversationId: string }) => {
    asked.toClear.push(conversationId);
  },
  sendErasure: async (_: unknown, requestId: string) => {
    asked.sent.push(requestId);
  },
};

export function retain(): Promise<Removed> {
  return runRetention(run);
}

/** Nobody is there: what other tests left behind would be due as well. */
export async function emptyHouse(): Promise<void> {
  await db().receipt.deleteMany({});
  await db().dataRequest.deleteMany({});
  await db().customer.deleteMany({});
  await dropActs();
  asked.toClear.length = 0;
  asked.sent.length = 0;
}
