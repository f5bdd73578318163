import { newId } from "@/lib/id";
import { asRedacted } from "@/lib/privacy";
import { createGuest, learnFacts, listFacts } from "./index";
import type { LearnDeps } from "./learn-facts";
import type { FactFinder, FactLimits, FactLine, FoundFact } from "./schema";
import { makeConversation } from "./store-for-tests";

export const testLimits: FactLimits = { confidenceMin: 0.5, factsMax: 500, matterDays: 30 };

/** "I prefer X." and "I live in X.", by two patterns: what is tested is what becomes of them. */
export const findByPattern: FactFinder = async (_before, lines) =>
  lines.flatMap(({ id: source, text }) => {
    const fact = (kind: FoundFact["kind"], predicate: string, object = "", confidence = 0.9) => ({
      ...{ source, kind, predicate, object, confidence },
    });
    const [, drink] = /I prefer (\w+)/.exec(text) ?? [];
    const [, place] = /I live in (\w+)/.exec(text) ?? [];
    const [, guess] = /perhaps (\w+)/.exec(text) ?? [];
    return [
      ...(drink ? [fact("preference", "prefers", drink)] : []),
      ...(place ? [fact("statement", "lives in", place)] : []),
      ...(guess ? [fact("preference", "likes", guess, 0.2)] : []),
    ];
  });

/** Answers one fact for the first line, whatever it says. */
export function findOnly(fact: Omit<FoundFact, "source" | "confidence">): FactFinder {
  return async (_before, [line]) => [{ ...fact, source: line?.id ?? "", confidence: 1 }];
}

/** A customer who says things, in one conversation after the other, a minute apart. */
export class Talk {
  conversationId = "";
  private record: FactLine[] = [];
  private minutes = 0;
  readonly customer: { id: string; keyEpoch: number };

  private constructor(customer: { id: string; keyEpoch: number }) {
    this.customer = customer;
  }

  static async begin(): Promise<Talk> {
    const talk = new Talk(await createGuest());
    await talk.next();
    return talk;
  }

  /** Begins another conversation. */
  async next(): Promise<void> {
    this.conversationId = await makeConversation(this.customer.id);
    this.record = [];
  }

  say(text: string, role = "customer"): FactLine {
    this.minutes += 1;
    const line = {
      id: newId(),
      seq: this.record.length + 1,
      role,
      speaker: role,
      text: asRedacted(text),
      createdAt: new Date(Date.UTC(2026, 2, 1, 10, this.minutes)).toISOString(),
    };
    this.record.push(line);
    return line;
  }

  async learn(more: Partial<LearnDeps> = {}) {
    return await learnFacts(this.conversationId, {
      find: findByPattern,
      since: async (_conversation, _customer, seq, { limit }) =>
        this.record.filter((line) => line.seq > seq).slice(0, limit),
      limits: testLimits,
      ...more,
    });
  }

  async facts() {
    return await listFacts(this.customer);
  }

  /** What is known, the newest first. */
  async told(): Promise<string[]> {
    return (await this.facts()).map(({ predicate, object }) => `${predicate} ${object}`);
  }

  /** A turn of this customer's, in another conversation unless one is named. */
  turn(conversationId = newId()) {
    const { id: customerId, keyEpoch } = this.customer;
    return { conversationId, customerId, keyEpoch };
  }
}
