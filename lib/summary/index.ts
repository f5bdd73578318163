import "server-only";
import type { StaffCaller } from "@/lib/auth/schema";
import type { Tx } from "@/lib/storage/schema";
import type { SummaryPage, SummaryQuery } from "./schema";
import { deleteSummaries } from "./store";
import { listRows } from "./store-search";

/**
 * What a lead reads first: case summaries whose every sentence names its messages, in versions, reviewed by people and
 * searched in words. Sealed like everything personal; the search index holds keyed hashes of words only.
 */
export { findSummary } from "./read-summary";
export { approveSummary, editSummary } from "./review-summary";
export { listSummaryLines } from "./store-lines";
export { reindexSummaries } from "./store-reindex";
export {
  type SummarizeDeps,
  SummaryFailed,
  summarizeConversation,
} from "./summarize-conversation";

/**
 * A page of summaries (10 unless `limit` says otherwise), newest first; with a `query` those that hold its words in
 * summary or messages, the most relevant first. Filters: customer, reviewed or not. Placeholders stay placeholders.
 */
export function listSummaries(_staff: StaffCaller, query: SummaryQuery): Promise<SummaryPage> {
  return listRows(query);
}

/**
 * Deletes a conversation's summaries in all versions with their search words, in the transaction that forgets a message:
 * what is left is summarised anew by the job.
 */
export function forgetSummaries(conversationId: string, customerId: string, tx: Tx): Promise<void> {
  return deleteSummaries(conversationId, customerId, tx);
}
