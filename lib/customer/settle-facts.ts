import { ends, questionOf, type Statement, sameWords } from "@/lib/statement";
import type { Fact, FactBody } from "./schema-fact";

/** A fact that is to be stored, or what it takes back. */
export type NewFact = Omit<Fact, "supersededById"> & { ends?: boolean };

/** What a learning changes: facts that come, and facts that end, with when and by which. */
export type Settled = {
  added: Fact[];
  ended: { id: string; until: string; supersededById: string | null }[];
};

/**
 * What new facts change about those that are known. One that is known already is not stored again, and keeps the message
 * it came from first; one that answers the same question ends the older one; one that takes something back ends it.
 * Facts are compared by when they were said, not by when they were read: an older one that is read later comes into the
 * history.
 */
export function settleFacts(known: readonly Fact[], found: readonly NewFact[]): Settled {
  const facts = new Map(known.map((fact) => [fact.id, { ...fact }]));
  const added: string[] = [];
  const inOrder = [...found].sort((a, b) => a.since.localeCompare(b.since));
  for (const fact of inOrder) {
    const held = [...facts.values()].filter((each) => holdsAt(each, fact.since));
    if (!fact.ends && [...facts.values()].some((each) => isKnown(each, fact))) {
      continue;
    }
    for (const older of held.filter((each) => endsFact(fact, each))) {
      older.until = fact.since;
      older.supersededById = fact.ends ? null : fact.id;
    }
    if (!fact.ends) {
      const { ends: _, ...body } = fact;
      facts.set(fact.id, { ...body, ...endOf(fact, [...facts.values()]) });
      added.push(fact.id);
    }
  }
  return {
    added: added.flatMap((id) => facts.get(id) ?? []),
    ended: known.flatMap(({ id, until }) => changed(facts.get(id), until)),
  };
}

function changed(fact: Fact | undefined, before: string | null): Settled["ended"] {
  return fact?.until && fact.until !== before
    ? [{ id: fact.id, until: fact.until, supersededById: fact.supersededById }]
    : [];
}

function holdsAt({ since, until }: Fact, at: string): boolean {
  return since <= at && (until === null || until > at);
}

/** One that was said later and is known already has ended this one before it was read. */
function endOf(fact: NewFact, all: readonly Fact[]): Pick<Fact, "until" | "supersededById"> {
  const later = all
    .filter((each) => each.since > fact.since && endsFact(each, fact))
    .sort((a, b) => a.since.localeCompare(b.since))[0];
  const isEarlier = later && (fact.until === null || later.since < fact.until);
  return isEarlier
    ? { until: later.since, supersededById: later.id }
    : { until: fact.until, supersededById: null };
}

function isKnown(known: Fact, fact: NewFact): boolean {
  return (
    (known.until === null || known.until > fact.since) &&
    sameWords(known.predicate) === sameWords(fact.predicate) &&
    sameWords(known.object) === sameWords(fact.object)
  );
}

type Ending = FactBody & Pick<Fact, "conversationId"> & { ends?: boolean };

function endsFact(said: Ending, before: Ending): boolean {
  if (said.kind === "matter" || before.kind === "matter") {
    return said.kind === before.kind && endsMatter(said, before);
  }
  return ends(statementOf(said), statementOf(before));
}

function statementOf({ predicate, object, ends: takenBack }: Ending): Statement {
  return { subject: "Customer", predicate, object, ...(takenBack && { ends: true }) };
}

/** A matter is about an order, or else about its conversation: "it has arrived" settles what was open there. */
function endsMatter(said: Ending, before: Ending): boolean {
  const numbers = numbersIn(said.object);
  if (numbers.length > 0) {
    return numbers.some((number) => numbersIn(before.object).includes(number));
  }
  return said.ends === true && said.conversationId === before.conversationId;
}

function numbersIn(text: string): string[] {
  return text.match(/\d{4,12}/g) ?? [];
}

/** What a fact answers, as the key under which the store finds it: its question, or what it says where it has none. */
export function keyOfFact({ kind, predicate, object }: FactBody): string {
  const question =
    kind === "matter"
      ? numbersIn(object)[0]
      : questionOf({ subject: "Customer", predicate, object });
  return JSON.stringify([
    kind === "matter" ? "matter" : "fact",
    question ?? [predicate, object].map(sameWords),
  ]);
}
