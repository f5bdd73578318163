import { loadavg } from "node:os";
import { step } from "@/scripts/setup/say.mjs";
import { percentile } from "./measure";
import { type Contestant, enter } from "./memory/contestant";
import { calmMean, mixed, named, Runs } from "./memory/figures";
import type { Ours } from "./memory/ours";
import { countRoundTrips } from "./memory/round-trips";

export { show, tell } from "./memory/show";

type Environment = Record<string, string>;
type Given = { environment: Environment; runs: number };

/** Turns that a conversation has had before any is measured. */
const LENGTHS = [10, 100, 1000, 10_000] as const;
const TURNS = 100;
const PEER_TURNS = 20;
/** At 10,000 turns both take minutes, so they are not asked. */
const PEER_LENGTHS = [10, 100, 1000] as const;
const SLOW = { ms: 800, pauseMs: 50 };
const CUSTOMERS = 50;
const RUNS_MS_MAX = 60_000;

/**
 * What a turn costs the memory (load and append, sealing included), beside LangChain's own memory behind Redis and its
 * agent over LangGraph's checkpoints, on the same Redis and PostgreSQL in the same run. Everybody says the same words
 * and has a summariser that answers at once. A figure is the median of the runs.
 */
export async function bench({ environment, runs }: Given) {
  const figures = new Runs();
  figures.add("loadAverageBefore", loadavg()[0] ?? null);
  const stage = await setUp(environment);
  const began = performance.now();
  let done = 0;
  // On a machine that is busy otherwise, fewer runs rather than no end.
  while (done < runs && (done === 0 || performance.now() - began < RUNS_MS_MAX)) {
    await step(`Run ${done + 1} of ${runs}`, () => runOnce(stage, figures));
    done += 1;
  }
  await step("Slow summariser", () => measureSlow(stage, figures));
  const errors = await step("Summariser", () => measureSummariser(stage, figures));
  await step("Cold start and recall", () => measureLong(stage, figures));
  await step("50 customers at once", () => measureTogether(stage, figures));
  await step("Another process", () => measureElsewhere(environment, figures));
  await step("Round trips", async () => {
    for (const [name, count] of Object.entries(await countRoundTrips(environment))) {
      figures.add(name, count);
    }
  });
  figures.add("loadAverageAfter", loadavg()[0] ?? null);
  return { runs: done, figures: figures.figures(), errors };
}

async function setUp(environment: Environment) {
  const [ours, classic, graph] = await step("Contestants", () =>
    Promise.all([
      enter<Ours>("memory/ours", environment),
      enter<Contestant>("memory/classic", environment),
      enter<Contestant>("memory/graph", environment),
    ]),
  );
  const [ourLong, graphLong] = await step("Long conversations", () =>
    Promise.all([openLong(ours), graph.open({ count: 1, turns: 1000 })]),
  );
  return { ours, classic, graph, ourLong, graphLong, classicLong: [] as string[] };
}
type Stage = Awaited<ReturnType<typeof setUp>>;

async function openLong(ours: Ours): Promise<Record<1000 | 10_000, string[]>> {
  return {
    10000: await ours.open({ count: 1, turns: 10_000, talked: 1000 }),
    1000: await ours.open({ count: 1, turns: 1000 }),
  };
}

async function runOnce(stage: Stage, figures: Runs): Promise<void> {
  const { ours, classic, graph, ourLong, graphLong } = stage;
  const short = {
    10: await ours.open({ count: 10, turns: 10 }),
    100: await ours.open({ count: 5, turns: 100, talked: 10 }),
  };
  const pings = await ours.pings({ count: 200 });
  const p50 = await measureOurs(ours, { ...short, ...ourLong }, figures);
  pings.push(...(await ours.pings({ count: 200 })));
  figures.addTimes("redisPing", "", pings);
  figures.addTimes("fold", "", await ours.folds({}));
  const ofClassic = await measurePeer("classic", classic, figures, async (turns) => {
    const opened = await classic.open({ count: 1, turns });
    stage.classicLong = opened;
    return opened;
  });
  const ofGraph = await measurePeer("graph", graph, figures, (turns) =>
    turns === 1000 ? Promise.resolve(graphLong) : graph.open({ count: 1, turns }),
  );
  figures.add("flatness10000to10", p50[10_000] / p50[10]);
  figures.add("speedupOverClassicAt1000", ofClassic[1000] / p50[1000]);
  figures.add("speedupOverGraphAt1000", ofGraph[1000] / p50[1000]);
}

type ByLength<Length extends number, Value> = Record<Length, Value>;
type Ids = ByLength<(typeof LENGTHS)[number], string[]>;

/** All lengths take turns. */
async function measureOurs(ours: Ours, ids: Ids, figures: Runs) {
  const stored = () => Promise.all(LENGTHS.map((length) => storedBytes(ours, ids[length])));
  const before = await stored();
  const order = mixed(
    LENGTHS.map((length) => ids[length]),
    TURNS,
  );
  const ms = await ours.measure({ order });
  const after = await stored();
  const p50s = LENGTHS.map((length, index) => {
    const its = ms.filter((_, at) => ids[length].includes(order[at] ?? ""));
    figures.addTimes("", length, its);
    figures.add(
      `storedBytesPerTurn${length}`,
      ((after[index] ?? 0) - (before[index] ?? 0)) / TURNS,
    );
    return [length, percentile(its, 0.5) ?? 0] as const;
  });
  return Object.fromEntries(p50s) as ByLength<(typeof LENGTHS)[number], number>;
}

async function storedBytes(contestant: Contestant, ids: readonly string[]): Promise<number> {
  let bytes = 0;
  for (const id of ids) {
    bytes += await contestant.storedBytes({ id });
  }
  return bytes;
}

async function measurePeer(
  name: string,
  peer: Contestant,
  figures: Runs,
  open: (turns: number) => Promise<string[]>,
) {
  const p50s: [number, number][] = [];
  for (const length of PEER_LENGTHS) {
    const ids = await open(length);
    const before = await storedBytes(peer, ids);
    const ms = await peer.measure({ order: mixed([ids], PEER_TURNS) });
    const bytes = (await storedBytes(peer, ids)) - before;
    figures.addTimes(name, length, ms);
    figures.add(named(name, `storedBytesPerTurn${length}`), bytes / PEER_TURNS);
    p50s.push([length, percentile(ms, 0.5) ?? 0]);
  }
  return Object.fromEntries(p50s) as ByLength<(typeof PEER_LENGTHS)[number], number>;
}

/** Two conversations take turns; of one of them the summariser takes 800 ms. */
async function measureSlow({ ours, classic, graph }: Stage, figures: Runs): Promise<void> {
  const compare = async (name: string, who: Contestant, turns: number) => {
    const [quick = "", slow = ""] = await who.open({ count: 2, turns: 10 });
    const order = mixed([[quick], [slow]], turns);
    const ms = await who.measure({
      order,
      slow: { ids: [slow], ms: SLOW.ms },
      pauseMs: SLOW.pauseMs,
    });
    const of = (id: string) => ms.filter((_, at) => order[at] === id);
    figures.add(named(name, "addedBySlowSummariserMs"), calmMean(of(slow)) - calmMean(of(quick)));
    const waited = of(slow).filter((each) => each >= SLOW.ms).length;
    figures.add(named(name, "turnsWaitingForSummariserPercent"), (100 * waited) / turns);
  };
  await compare("", ours, TURNS);
  // They wait for most of the time, so they can do it together.
  await Promise.all([compare("classic", classic, PEER_TURNS), compare("graph", graph, PEER_TURNS)]);
}

/**
 * Ours and LangGraph's over all that their longest conversation said, the classic one over the turns that were measured.
 * Returns how many messages of ours were not summarised exactly once.
 */
async function measureSummariser(stage: Stage, figures: Runs): Promise<number> {
  const { ours, classic, graph, ourLong, graphLong, classicLong } = stage;
  const all = [
    ["", ours, ourLong[10_000]],
    ["classic", classic, classicLong],
    ["graph", graph, graphLong],
  ] as const;
  for (const [name, who, [id = ""]] of all) {
    const { calls, chars, given, messages } = await who.given({ id });
    figures.add(named(name, "summariserCalls"), calls);
    figures.add(named(name, "summariserChars"), chars);
    figures.add(named(name, "summariserMessages"), messages);
    figures.add(named(name, "summariserTimesPerMessage"), given / messages);
  }
  const [id = ""] = ourLong[10_000];
  const { given, messages } = await ours.given({ id });
  return given - messages + Math.abs((await ours.folded({ id })) - messages);
}

/** What a conversation of 10,000 turns costs when nothing of it is held, and what recall costs over it. */
async function measureLong({ ours, ourLong }: Stage, figures: Runs): Promise<void> {
  const [id = ""] = ourLong[10_000];
  for (let time = 0; time < 9; time += 1) {
    figures.add("coldRebuildMs10000", await ours.rebuild({ id }));
  }
  const [unfolded = ""] = await ours.write({ count: 1, turns: 10_000 });
  for (let time = 0; time < 3; time += 1) {
    figures.add("coldRebuildNeverFoldedMs10000", await ours.rebuild({ id: unfolded }));
  }
  const [shorter = ""] = ourLong[1000];
  figures.addTimes("recall", "", await ours.recall({ id: shorter, count: TURNS }));
  figures.addTimes("recall", 10_000, await ours.recall({ id, count: TURNS }));
}

async function measureTogether({ ours, classic, graph }: Stage, figures: Runs): Promise<void> {
  const measure = async (name: string, who: Contestant, length: number, turns: number) => {
    const ids = await who.open({ count: CUSTOMERS, turns: length, talked: 5 });
    const done = await who.together({ ids, turns });
    figures.add(named(name, `turnsPerSecond${CUSTOMERS}Customers`), done.turns / done.seconds);
  };
  await measure("", ours, 100, 20);
  await measure("classic", classic, 100, 5);
  // Its turns cost the same at every length, and it has to be talked to for each of them.
  await measure("graph", graph, 5, 5);
}

/**
 * A turn whose question was accepted by another process: nothing is held here, so the copy comes from Redis and the
 * question from the record. Two conversations in a process that holds one are never held when they are asked for.
 */
async function measureElsewhere(environment: Environment, figures: Runs): Promise<void> {
  const changed = { MEMORY_LRU_MAX: "1", BENCH_READS_RECORD: "1" };
  const ours = await enter<Ours>("memory/ours", { ...environment, ...changed });
  const ids = await ours.open({ count: 2, turns: 100, talked: 10 });
  figures.addTimes("elsewhere", 100, await ours.measure({ order: mixed([ids], TURNS) }));
}
