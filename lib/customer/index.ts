import "server-only";
import { Refusal } from "@/lib/errors";
import { audit } from "@/lib/privacy";
import type { Tx } from "@/lib/storage/schema";
import { isKnownToAgree, noteAgreement } from "./agreements";
import { currentConsentText } from "./consent";
import type { ConsentPurposes, ConsentView, CustomerView, Tier } from "./schema";
import * as store from "./store";
import { findLatestConsent, insertConsent } from "./store-consent";
import { correctEmail, correctName } from "./store-correct";
import { skipUnread } from "./store-fact-reading";

/**
 * The person: who they are, what they agreed to, whether they are remembered, and what is remembered of them across
 * conversations: facts about themselves, each with the message that said so.
 */
export {
  consentDraft,
  currentConsentText,
  listConsentVersions,
  publishConsent,
  reviseConsentDays,
} from "./consent";
export { holdsFact } from "./holds-fact";
export {
  correctFact,
  dropAllFacts,
  dropFacts,
  dropFactsLike,
  factsForTurn,
  forgetFactsSaid,
  listFacts,
} from "./keep-facts";
export { type LearnDeps, type LearnResult, learnFacts } from "./learn-facts";
export { mayStateFacts } from "./own-statements";
export {
  endCustomerSessions,
  findCustomerByEmail,
  findCustomerByIdentity,
  findCustomerPassword,
  linkIdentity,
  registerCustomer,
} from "./register";
export { isReadable, type Registration } from "./store";

/** Makes a guest: a customer row and the key that seals what they will say, in one transaction. */
export async function createGuest(): Promise<{
  id: string;
  keyEpoch: number;
  sessionEpoch: number;
}> {
  return await store.insertGuest();
}

/** The customer with name and e-mail opened, or null. Erasing and erased customers are answered with both closed. */
export async function findCustomer(id: string): Promise<CustomerView | null> {
  return await store.findView(id);
}

/** The look-up of every request: kind, state, epochs; opens nothing. */
export async function findCustomerState(id: string) {
  return await store.findRow(id);
}

/** The customer when new things may be processed for them; restricted is `processing_restricted`, all else `not_found`. */
export async function requireActiveCustomer(id: string) {
  const row = await store.findRow(id);
  if (!row || !store.isReadable(row.state)) {
    throw new Refusal("not_found");
  }
  if (row.state === "restricted") {
    throw new Refusal("processing_restricted");
  }
  return row;
}

/** Customers newest first, by keyset on the id; for staff. */
export async function listCustomers(page: { before?: string; limit?: number } = {}) {
  return await store.listViews(page.before ?? null, Math.min(page.limit ?? 25, 100));
}

/**
 * Records agreement to the current words, and to each purpose, which holds at once. With the `version` that somebody has
 * read: refused `consent_changed` where these are not the words any more.
 */
export async function giveConsent(
  customerId: string,
  { memory, analytics = false }: Pick<ConsentPurposes, "memory"> & Partial<ConsentPurposes>,
  version?: number,
): Promise<void> {
  await requireActiveCustomer(customerId);
  const text = await currentConsentText();
  if (version !== undefined && version !== text.version) {
    throw new Refusal("consent_changed");
  }
  await store.inTransaction(async (tx) => {
    await insertConsent(customerId, text, { memory, analytics }, tx);
    await switchMemory(customerId, memory, tx);
    const metadata = { version: text.version };
    await audit(tx, { actor: "customer", customerId, action: "consent_given", metadata });
  });
}

/** The latest agreement, or null; `current` is false once the words have changed in a way that asks again. */
export async function findConsent(customerId: string): Promise<ConsentView | null> {
  return await findLatestConsent(customerId, await currentConsentText());
}

/** Refuses (`consent_missing`) where the customer has not agreed to the current words: nothing is stored before that. */
export async function requireConsent(customerId: string): Promise<void> {
  const text = await currentConsentText();
  if (isKnownToAgree(customerId, text.askedSince)) {
    return;
  }
  const consent = await findLatestConsent(customerId, text);
  if (!consent?.current) {
    throw new Refusal("consent_missing");
  }
  noteAgreement(customerId, consent.textVersion);
}

/** Switches remembering across conversations; off means zero reads and zero writes from the next turn on. */
export async function setMemoryOn(customerId: string, on: boolean): Promise<void> {
  await requireActiveCustomer(customerId);
  await store.inTransaction(async (tx) => {
    await switchMemory(customerId, on, tx);
    const metadata = { on };
    await audit(tx, { actor: "customer", customerId, action: "memory_setting_changed", metadata });
  });
}

/** Switched on again, nothing is learned of what was said meanwhile. */
async function switchMemory(customerId: string, on: boolean, tx: Tx): Promise<void> {
  if ((await store.writeMemoryOn(customerId, on, tx)) && on) {
    await skipUnread(customerId, tx);
  }
}

/** Notes that the customer was here. */
export async function touchCustomer(customerId: string, tx?: Tx): Promise<void> {
  await store.touch(customerId, tx);
}

/** Changes what the customer is called. */
export async function renameCustomer(customerId: string, name: string): Promise<void> {
  await requireActiveCustomer(customerId);
  await store.rename(customerId, name);
}

/**
 * Puts a name or an e-mail right, as its owner has asked, in the transaction that ends their request. An e-mail that is
 * another account's is `email_taken`. What stands in other systems is put right there, by hand.
 */
export async function correctCustomer(
  { customerId, field, value }: { customerId: string; field: string; value: string },
  tx: Tx,
): Promise<void> {
  if (field === "name") {
    await correctName(customerId, value, tx);
  }
  if (field === "email") {
    await correctEmail(customerId, value, tx);
  }
}

/** Sets how long a customer's conversations are kept, by an admin. */
export async function setTier(actorId: string, customerId: string, tier: Tier): Promise<void> {
  await store.inTransaction(async (tx: Tx) => {
    const previous = await store.writeTier(customerId, tier, tx);
    if (previous === null) {
      throw new Refusal("not_found");
    }
    const metadata = { tier, previous };
    await audit(tx, { actor: actorId, customerId, action: "tier_changed", metadata });
  });
}
