import type { MessageView } from "@/lib/conversation/schema";

/** A message that the product said it had taken. */
export type Acknowledged = {
  id: string;
  conversationId: string;
  seq: number;
  role: "customer" | "staff";
};

export type StoredMessage = {
  id: string;
  conversationId: string;
  seq: number;
  role: string;
  turnId: string | null;
  /** A member of staff wrote it; on a boundary: a person took over there. */
  byPerson: boolean;
};

export type StoredTurn = {
  id: string;
  conversationId: string;
  state: string;
  throughSeq: number;
  answerId: string | null;
  failure: string | null;
  createdAt: number;
};

/** What one person saw in the end, beside what is stored, both as that person may see it. */
export type Screen = {
  who: string;
  conversationId: string;
  shown: MessageView[];
  stored: MessageView[] | null;
};

export type Evidence = {
  acknowledged: Acknowledged[];
  /** Every id under which a message was sent, acknowledged or not. */
  sent: string[];
  /** Refusals that nobody can get over by trying again. */
  refused: string[];
  /** Sent again and again, and never acknowledged although everything runs. */
  unacknowledged: string[];
  messages: StoredMessage[];
  turns: StoredTurn[];
  screens: Screen[];
};

/** One guarantee, and what speaks against it. */
export type Verdict = { guarantee: string; violations: string[] };

/** Holds what was seen against what the product promises. Pure, so that tests can show that it finds every kind of loss. */
export function judge(evidence: Evidence): Verdict[] {
  return [
    { guarantee: "no acknowledged message is lost", violations: findLost(evidence) },
    { guarantee: "no message is stored twice", violations: findDoubled(evidence) },
    { guarantee: "no message is answered twice", violations: findAnsweredTwice(evidence) },
    { guarantee: "every finished turn has its answer", violations: findMissingAnswers(evidence) },
    { guarantee: "no turn is stuck", violations: findStuck(evidence) },
    { guarantee: "no answer follows a take-over", violations: findTalkedOver(evidence) },
    { guarantee: "every message gets through in the end", violations: findRefused(evidence) },
    { guarantee: "every screen ends with the stored text", violations: findDifferent(evidence) },
  ];
}

function findLost({ acknowledged, messages }: Evidence): string[] {
  const stored = new Map(messages.map((message) => [message.id, message]));
  return acknowledged.flatMap(({ id, conversationId, seq, role }) => {
    const found = stored.get(id);
    if (!found) {
      return [`message ${id} of ${conversationId} (seq ${seq}) is not stored`];
    }
    const same =
      found.conversationId === conversationId && found.seq === seq && found.role === role;
    return same
      ? []
      : [`message ${id} is stored as ${JSON.stringify(found)}, acknowledged with seq ${seq}`];
  });
}

function findDoubled({ sent, messages }: Evidence): string[] {
  const known = new Set(sent);
  const strange = messages
    .filter(({ role, id }) => (role === "customer" || role === "staff") && !known.has(id))
    .map(({ id, conversationId }) => `${id} in ${conversationId} was sent by nobody`);
  const places = repeated(
    messages.map(({ conversationId, seq }) => `${conversationId} seq ${seq}`),
  );
  const ids = repeated(messages.map(({ id }) => id));
  return [...strange, ...places, ...ids];
}

function repeated(names: readonly string[]): string[] {
  const seen = new Set<string>();
  return names
    .filter((name) => seen.size === seen.add(name).size)
    .map((name) => `${name} is there twice`);
}

/** One answer a turn; and a finished turn answers what no finished turn before it had answered. */
function findAnsweredTwice({ messages, turns }: Evidence): string[] {
  const answers = messages.filter(({ role, turnId }) => role === "assistant" && turnId !== null);
  const doubled = repeated(answers.map(({ turnId }) => `an answer of turn ${turnId}`));
  const answered = new Map<string, number>();
  const again: string[] = [];
  for (const turn of turns.filter(({ state }) => state === "done").toSorted(byAge)) {
    const through = answered.get(turn.conversationId) ?? 0;
    if (turn.throughSeq <= through) {
      again.push(`turn ${turn.id} answers seq ${turn.throughSeq} of ${turn.conversationId} again`);
    }
    answered.set(turn.conversationId, Math.max(through, turn.throughSeq));
  }
  return [...doubled, ...again];
}

const byAge = (one: StoredTurn, other: StoredTurn) => one.createdAt - other.createdAt;

function findMissingAnswers({ messages, turns }: Evidence): string[] {
  const answers = new Map(
    messages.filter(({ role }) => role === "assistant").map((one) => [one.id, one]),
  );
  return turns.flatMap(({ id, conversationId, state, answerId }) => {
    const answer = answerId === null ? undefined : answers.get(answerId);
    return state === "done" && answer?.turnId !== id
      ? [`turn ${id} of ${conversationId} is done, and its answer ${answerId} is not stored`]
      : [];
  });
}

function findStuck({ turns }: Evidence): string[] {
  return turns
    .filter(({ state }) => state === "pending" || state === "running")
    .map(({ id, conversationId, state }) => `turn ${id} of ${conversationId} is still ${state}`);
}

function findTalkedOver({ messages }: Evidence): string[] {
  const taken = new Map<string, number>();
  const found: string[] = [];
  for (const message of messages.toSorted((one, other) => one.seq - other.seq)) {
    const { conversationId, role, seq, byPerson } = message;
    if (role === "boundary" && byPerson) {
      taken.set(conversationId, seq);
    } else if (role === "boundary") {
      taken.delete(conversationId);
    } else if (role === "assistant" && taken.has(conversationId)) {
      found.push(
        `seq ${seq} of ${conversationId} is the AI's, after the take-over at ${taken.get(conversationId)}`,
      );
    }
  }
  return found;
}

function findRefused({ refused, unacknowledged }: Evidence): string[] {
  return [...refused, ...unacknowledged.map((id) => `message ${id} was never acknowledged`)];
}

function findDifferent({ screens }: Evidence): string[] {
  return screens.flatMap(({ who, conversationId, shown, stored }) => {
    if (!stored) {
      return [`${who} could not read ${conversationId} in the end`];
    }
    return differences(shown, stored).map((words) => `${who}, ${conversationId}: ${words}`);
  });
}

/** What tells two lists of messages apart, by what a person reads of them. */
export function differences(
  shown: readonly MessageView[],
  stored: readonly MessageView[],
): string[] {
  const onScreen = new Map(shown.map((message) => [message.id, message]));
  const inRecord = new Set(stored.map(({ id }) => id));
  const missing = stored.flatMap((message) => {
    const seen = onScreen.get(message.id);
    const name = `${message.role} seq ${message.seq}`;
    if (!seen) {
      return [`${name} is not on the screen`];
    }
    return textOf(seen) === textOf(message)
      ? []
      : [`${name} reads ${textOf(seen)} instead of ${textOf(message)}`];
  });
  const extra = shown
    .filter(({ id }) => !inRecord.has(id))
    .map(({ role, seq }) => `${role} seq ${seq} is on the screen and not stored`);
  const order = (list: readonly MessageView[]) => list.map(({ id }) => id).join();
  const mixed = missing.length + extra.length === 0 && order(shown) !== order(stored);
  return [...missing, ...extra, ...(mixed ? ["the order is another one"] : [])];
}

const textOf = ({ seq, role, state, text }: MessageView) =>
  JSON.stringify([seq, role, state, text]);
