import { Refusal } from "@/lib/errors";
import { newId } from "@/lib/id";
import { keyOf, redact, redactAs } from "@/lib/privacy";
import type { PlaceholderKind, RedactedText, SubjectKey } from "@/lib/privacy/schema";
import { questionOf, sameWords } from "@/lib/statement";
import type { Tx } from "@/lib/storage/schema";
import { holdsFact } from "./holds-fact";
import { whyRefused } from "./refuse-fact";
import type { Fact, FactBody } from "./schema-fact";
import { deleteFacts, findFacts, findHolding, inOne, lockActive, writeSettled } from "./store-fact";
import { forgetSaid } from "./store-fact-reading";

type Customer = { id: string; keyEpoch: number };

/** Every fact of a customer in placeholder form, the newest first: those that hold, and those that ended. */
export async function listFacts(customer: Customer): Promise<Fact[]> {
  return await findFacts(await keyOf(customer));
}

/**
 * What a turn may be told of other conversations: what holds, the newest first. Call it only where memory is on; it is
 * asked again in the query itself.
 */
export async function factsForTurn(turn: {
  conversationId: string;
  customerId: string;
  keyEpoch: number;
}): Promise<Fact[]> {
  return await findHolding(turn, () => keyOf({ id: turn.customerId, keyEpoch: turn.keyEpoch }));
}

/**
 * Forgets what messages of a conversation said (null: all of them), in the transaction that forgets the messages. A
 * reading that is under way loses, also where no fact is named.
 */
export async function forgetFactsSaid(
  conversationId: string,
  customerId: string,
  messageIds: readonly string[] | null,
  tx: Tx,
): Promise<void> {
  await deleteFacts(
    customerId,
    await forgetSaid({ conversationId, customerId }, messageIds, tx),
    tx,
  );
}

/** Forgets facts by their ids. Answers how many there were. */
export async function dropFacts(customer: Customer, ids: readonly string[]): Promise<number> {
  return await inOne((tx) => deleteFacts(customer.id, ids, tx));
}

/**
 * Forgets every fact from which this one could be known, such as one that ended, or one of another message; but not the
 * one that was put in its place.
 */
export async function dropFactsLike(
  customer: Customer,
  fact: FactBody,
  { exceptId }: { exceptId?: string | undefined } = {},
): Promise<number> {
  const facts = await listFacts(customer);
  const like = facts.filter(
    ({ id, predicate, object }) => id !== exceptId && holdsFact(`${predicate} ${object}`, fact),
  );
  return await dropFacts(
    customer,
    like.map(({ id }) => id),
  );
}

/** Forgets all facts of a customer. */
export async function dropAllFacts(customer: Customer): Promise<number> {
  const facts = await listFacts(customer);
  return await dropFacts(
    customer,
    facts.map(({ id }) => id),
  );
}

/**
 * Puts what the customer wrote on their memory page in the place of a fact that holds; what was wrong is not kept, and
 * no message is its source. Personal values go into the vault. The same is refused as anywhere else (`fact_refused`).
 * Answers the fact that was replaced and the id of the new one, or null where both say the same.
 */
export async function correctFact(
  customer: Customer,
  { factId, text }: { factId: string; text: string },
): Promise<{ replaced: Fact; id: string } | null> {
  const key = await keyOf(customer);
  const now = new Date().toISOString();
  return await inOne(async (tx) => {
    if (!(await lockActive(key, tx))) {
      throw new Refusal("processing_restricted");
    }
    const fact = (await findFacts(key, tx)).find(({ id }) => id === factId);
    if (!fact || (fact.until !== null && fact.until <= now)) {
      throw new Refusal("not_found");
    }
    const object = await redactObject(key, fact, text, tx);
    if (whyRefused({ ...fact, object }, `${fact.predicate} ${object}`)) {
      throw new Refusal("fact_refused");
    }
    if (sameWords(object) === sameWords(fact.object)) {
      return null;
    }
    await deleteFacts(customer.id, [factId], tx);
    const origin = { id: newId(), conversationId: null, messageId: null, since: now };
    const corrected = { ...fact, ...origin, object, confidence: 1 };
    await writeSettled(key, { added: [corrected], ended: [] }, tx);
    return { replaced: fact, id: corrected.id };
  });
}

/** What a field asks for is known, so its whole text is one value; elsewhere values are looked for. */
async function redactObject(
  key: SubjectKey,
  { predicate, object }: Fact,
  text: string,
  tx: Tx,
): Promise<RedactedText> {
  const question = questionOf({ subject: "Customer", predicate, object });
  const kind = question ? VALUES[question] : undefined;
  return kind ? await redactAs(key, kind, text, tx) : await redact(key, text, tx);
}

const VALUES: Partial<Record<string, PlaceholderKind>> = {
  name: "PERSON",
  address: "ADDRESS",
  "e-mail": "EMAIL",
  phone: "PHONE",
};
