import { bases, retentions } from "./map-entry";
import { keyEntries } from "./map-keys";
import { impersonalEntries, personEntries } from "./map-person";
import { recordEntries } from "./map-record";
import { requestEntries } from "./map-request";
import { shopEntries } from "./map-shop";
import type { DataMapEntry, ErasurePlan } from "./schema-map";
import { clearRedis, countRedis, findConversationIds } from "./store-erase";
import { countExports, eraseExports } from "./store-export";
import { countJobs, deleteJobs } from "./store-rows";

async function idsOf(customerId: string, plan?: ErasurePlan): Promise<string[]> {
  return plan?.conversationIds ?? (await findConversationIds(customerId));
}

const copies: readonly DataMapEntry[] = [
  {
    name: "Conversation memory and events",
    kind: "redis",
    covers: [
      "rc:{conversation}:events",
      "rc:{conversation}:generation",
      "rc:{conversation}:memory",
      "rc:{conversation}:tail",
      "rc:{conversation}:gone",
      "rc:{conversation}:bell",
      "rc:{conversation}:typing",
      "rc:stop:",
      "rc:console",
      "rc:queue",
    ],
    whose: "customer",
    what: "sealed copies of memory and of answers being written; the mark that a conversation is gone",
    purpose: "speed and streaming",
    basis: bases.CONTRACT,
    retention: "24 hours; the mark seven days",
    recipients: [],
    erase: async (customerId, _tx, plan) => await clearRedis(await idsOf(customerId, plan)),
    count: async (customerId, plan) => await countRedis(await idsOf(customerId, plan)),
  },
  {
    name: "Jobs",
    kind: "queue",
    covers: ["pgboss"],
    whose: "customer",
    what: "ids of conversations to fold, to summarise, or to read for facts; of deleted ones and their customer, to clear up behind them",
    purpose: "background work",
    basis: bases.CONTRACT,
    retention: "an hour after the job, a week at most",
    recipients: [],
    erase: async (customerId, _tx, plan) =>
      await deleteJobs(await idsOf(customerId, plan), { customerId }),
    count: async (customerId, plan) => await countJobs(await idsOf(customerId, plan), customerId),
  },
  {
    name: "Exports",
    kind: "file",
    covers: ["ExportFile", "DATA_DIR/exports"],
    whose: "customer",
    what: "finished exports, sealed under a key of their own",
    purpose: "answering requests for data",
    basis: "legal duty (Art. 15 and 20 GDPR)",
    retention: retentions.EXPORTS,
    recipients: [],
    erase: (customerId) => eraseExports(customerId),
    count: countExports,
  },
];

/** Every store of this installation, in the order in which a person is removed from them: copies first, the row last. */
export const dataMapEntries: readonly DataMapEntry[] = [
  ...copies,
  ...recordEntries,
  ...shopEntries,
  ...keyEntries,
  ...requestEntries,
  ...personEntries,
  ...impersonalEntries,
];
