import "server-only";
import { caseSummaryModel, factFinder, readRecord, summarizer, tripleFinder } from "@/lib/agent";
import { announceReply, closeSilent, LINK_DAYS, removeServed, since } from "@/lib/conversation";
import { learnFacts } from "@/lib/customer";
import { dataMap } from "@/lib/data-map";
import { env } from "@/lib/env";
import { Refusal } from "@/lib/errors";
import { type JobHandlers, removeDone } from "@/lib/job";
import { replyMail, sendMail } from "@/lib/mail";
import { factPolicy, foldMemory, growGraph } from "@/lib/memory";
import { log } from "@/lib/observability";
import { appendAudit, expireExports, runErasure, runExport } from "@/lib/privacy";
import { dropOldLookUps } from "@/lib/shop";
import { shopName } from "@/lib/shop/schema";
import { summarizeConversation } from "@/lib/summary";

/** What each job does, composed from the rooms. `job` itself knows none of them. */
export const jobHandlers: JobHandlers = {
  fold: async ({ conversationId }) => {
    await foldMemory(conversationId, { summarize: summarizer(), since: readRecord });
    await growGraph(conversationId, { findTriples: tripleFinder(), since: readRecord });
  },
  facts: async ({ conversationId }) => {
    await learnFacts(conversationId, {
      find: factFinder(),
      since: readRecord,
      limits: factPolicy(),
    });
  },
  summarize: async ({ conversationId }) => {
    await summarizeConversation(conversationId, { model: caseSummaryModel(), since });
  },
  export: async ({ requestId }) => {
    await unlessSettled(() => runExport(requestId, dataMap));
  },
  erase: async ({ requestId }) => {
    await unlessSettled(() => runErasure(requestId, dataMap));
  },
  announce: async ({ conversationId }) => {
    await announceReply(conversationId, async (to, path) => {
      const link = new URL(path, env.PUBLIC_URL).href;
      return await sendMail({ to, ...replyMail({ shop: shopName, link, days: LINK_DAYS }) });
    });
  },
  audit: async () => {
    await appendAudit();
  },
  expire: async () => {
    await expireExports();
    await closeSilent();
    await removeServed();
    await dropOldLookUps();
    await removeDone();
  },
};

// A request that was withdrawn or settled meanwhile leaves nothing to do, and trying again would not change that.
async function unlessSettled(work: () => Promise<unknown>): Promise<void> {
  try {
    await work();
  } catch (error) {
    if (error instanceof Refusal && ["request_state", "not_found"].includes(error.code)) {
      log.info({ event: "job_without_work", code: error.code });
      return;
    }
    throw error;
  }
}
