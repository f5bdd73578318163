import "server-only";
import {
  caseSummaryModel,
  clearLater,
  factFinder,
  readRecord,
  summarizer,
  tripleFinder,
} from "@/lib/agent";
import { controllerHere } from "@/lib/controller";
import { announceReply, closeSilent, LINK_DAYS, removeServed, since } from "@/lib/conversation";
import { learnFacts, reviseConsentDays } from "@/lib/customer";
import { dataMap } from "@/lib/data-map";
import { env } from "@/lib/env";
import { Refusal } from "@/lib/errors";
import { enqueue, type JobHandlers, removeDone } from "@/lib/job";
import { replyMail, sendMail } from "@/lib/mail";
import { factPolicy, foldMemory, growGraph } from "@/lib/memory";
import { log } from "@/lib/observability";
import {
  afterRemoval,
  appendAudit,
  expireExports,
  hasSecondStage,
  indexEarlierPeople,
  listUnswept,
  retentionDays,
  runErasure,
  runExport,
  runRetention,
  secondsUntilRun,
  settleRetention,
  sweepErasure,
} from "@/lib/privacy";
import { dropOldLookUps } from "@/lib/shop";
import { shopName } from "@/lib/shop/schema";
import { summarizeConversation } from "@/lib/summary";
import { mailCode, mailNews, tellPerson } from "./tell-person";

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
    const controller = await controllerHere();
    await whenDue("export", requestId, () => runExport(requestId, dataMap, { controller }));
    await tellPerson(requestId);
  },
  erase: async ({ requestId }) => {
    await whenDue("erase", requestId, async () => {
      const { receipt } = await runErasure(requestId, dataMap);
      if (hasSecondStage(receipt.body)) {
        await enqueue(null, "sweep", { requestId });
      }
    });
  },
  sweep: async ({ requestId }) => {
    await unlessSettled(() => sweepErasure(requestId, dataMap));
  },
  requestCode: async ({ requestId }) => {
    await mailCode(requestId);
  },
  requestNews: async ({ requestId }) => {
    await mailNews(requestId);
  },
  announce: async ({ conversationId }) => {
    await announceReply(conversationId, async (to, path) => {
      const link = new URL(path, env.PUBLIC_URL).href;
      return await sendMail({ to, ...replyMail({ shop: shopName, link, days: LINK_DAYS }) });
    });
  },
  clear: async (removed) => {
    await afterRemoval(removed);
  },
  audit: async () => {
    await appendAudit();
  },
  expire: async () => {
    await expireExports();
    for (const requestId of await listUnswept()) {
      await enqueue(null, "sweep", { requestId });
    }
    await closeSilent();
    await removeServed();
    await dropOldLookUps();
    await removeDone();
    await indexEarlierPeople();
  },
  retain: async () => {
    await settleRetention(async (tx, { conversations }) => {
      await reviseConsentDays(conversations, tx);
    });
    // An operator's own rule may have come with this version of the product. Nothing goes before the words say so.
    await reviseConsentDays((await retentionDays()).conversations);
    await runRetention({
      clearLater,
      sendErasure: (tx, requestId) => enqueue(tx, "erase", { requestId }),
    });
  },
};

// An erasure that nobody else could approve waits for its hours; one that was stopped meanwhile is left alone.
async function whenDue(
  job: "export" | "erase",
  requestId: string,
  work: () => Promise<unknown>,
): Promise<void> {
  const seconds = await secondsUntilRun(requestId);
  if (seconds === null) {
    log.info({ event: "job_without_work", code: "request_state" });
  } else if (seconds > 0) {
    await enqueue(null, job, { requestId }, { startAfterSeconds: seconds });
  } else {
    await unlessSettled(work);
  }
}

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
