import { setTimeout as pause } from "node:timers/promises";
import { arrivals, inTurn } from "./arrivals";
import type { Asked, Customer } from "./customers";
import { nextReference } from "./first-token";
import { type Flatness, type Load, percentile, rounded, watchCpu, watchMemory } from "./measure";

export type StreamFigures = {
  concurrentStreams: number;
  answers: number;
  webProcesses: number;
  tokensPerSecondEach: number;
  tokensPerSecondSeen: number | null;
  errors: number;
  firstErrors?: string[];
  reconnects: number;
  firstTokenP50Ms: number | null;
  firstTokenP95Ms: number | null;
  cpu: Load;
  memory: Flatness;
};

type Streams = {
  customers: readonly Customer[];
  tokens: number;
  perSecond: number;
  /** How often each customer asks, the next time when the answer is there: what memory does shows only in time. */
  rounds: number;
  /** The starts are spread over this. */
  spreadSeconds: number;
  text: string;
  pids: Record<string, number>;
  webs: readonly number[];
};

/**
 * Has every customer ask at once, but for the spread, again and again, and reads all answers to their end. An answer that is not the
 * model's whole text, word for word, is an error. Memory and CPU are watched while all of them stream.
 */
export async function measureStreams(given: Streams): Promise<StreamFigures> {
  const { customers, tokens, perSecond, rounds, spreadSeconds, text } = given;
  const lengthSeconds = tokens / perSecond;
  const count = customers.length;
  const lastsSeconds = rounds * lengthSeconds - spreadSeconds - 6;
  const watched = watchWhileAllStream(given, spreadSeconds + 3, lastsSeconds);
  const pace = { count, perSecond: count / spreadSeconds };
  let streaming = 0;
  let most = 0;
  const ask = async (customer: Customer) => {
    streaming += 1;
    most = Math.max(most, streaming);
    const asked = await customer.ask(nextReference(), (lengthSeconds + 60) * 1000);
    streaming -= 1;
    return asked;
  };
  const each = await arrivals(pace, (index) =>
    inTurn(Array.from({ length: rounds }), 1, () => ask(customers[index] as Customer)),
  );
  const all = each.flat();
  const errors = all.flatMap((asked) => errorOf(asked, text));
  const firsts = all.flatMap(({ firstTokenMs }) => firstTokenMs ?? []);
  const lengths = all.flatMap(({ firstTokenMs, doneMs }) =>
    firstTokenMs !== null && doneMs !== null ? [(doneMs - firstTokenMs) / 1000] : [],
  );
  const typical = percentile(lengths, 0.5);
  return {
    concurrentStreams: most,
    answers: all.length,
    webProcesses: given.webs.length,
    tokensPerSecondEach: perSecond,
    tokensPerSecondSeen: typical === null ? null : rounded(tokens / typical),
    errors: errors.length,
    ...(errors.length > 0 && { firstErrors: [...new Set(errors)].slice(0, 5) }),
    reconnects: customers.reduce((sum, customer) => sum + customer.reconnects(), 0),
    firstTokenP50Ms: rounded(percentile(firsts, 0.5)),
    firstTokenP95Ms: rounded(percentile(firsts, 0.95)),
    ...(await watched),
  };
}

async function watchWhileAllStream(
  { pids, webs }: Streams,
  afterSeconds: number,
  forSeconds: number,
): Promise<{ cpu: Load; memory: Flatness }> {
  await pause(afterSeconds * 1000);
  const [cpu, memory] = [watchCpu(pids), watchMemory(webs)];
  await pause(forSeconds * 1000);
  return { cpu: cpu(), memory: memory() };
}

function errorOf({ error, text: stored }: Asked, text: string): string[] {
  if (error) {
    return [error];
  }
  if (stored === text) {
    return [];
  }
  const said = stored ?? "";
  return [`the stored answer is not the model's whole text: ${wordOn(said, text)}`];
}

/** How it differs, in words of our own: the same for all that differ alike. */
function wordOn(stored: string, text: string): string {
  if (text.startsWith(stored)) {
    return "its end is missing";
  }
  const [first = ""] = text.split(" ", 1);
  const rest = stored.slice(Math.max(0, stored.lastIndexOf("\n\n")), stored.length).trim();
  return stored.startsWith(`${first} `) ? `broken off, "${rest.slice(0, 60)}"` : "another answer";
}
