import { named } from "./figures";

type Figures = {
  machine: string;
  node: string;
  commit: string;
  runs: number;
  figures: Record<string, number>;
};

/** The last line of `--json`, the same for all measurements of the memory. */
export function tell({ figures, runs, commit }: Figures): string {
  return JSON.stringify({ name: "memory", figures, runs, commit });
}

const LENGTHS = [10, 100, 1000, 10_000] as const;
const NAME_CHARS = 34;
const CELL_CHARS = 20;

/** The figures as a person reads them: ours, what is to be reached, and the peers. */
export function show({ machine, node, commit, runs, figures }: Figures): string {
  const told = (name: string) => String(figures[name] ?? "–");
  return [
    "",
    row("On", `${machine}, Node ${node}, commit ${commit}, medians of ${runs} runs`),
    row("Load average", `${told("loadAverageBefore")} before, ${told("loadAverageAfter")} after`),
    row("Bare round trip to Redis", `${pair(told, "redisPing")} ms`),
    "",
    row("", "ours", "to reach", "@langchain/classic", "createAgent"),
    ...times(told),
    "",
    ...costs(told),
    "",
    "  A turn is load and append. Of ours, folds and the record are not in it; they are in turns a second and bytes.",
    "  createAgent loads and saves inside its run, so a turn of it is the whole run, with a model that answers at once.",
    "  The peers are not asked at 10,000 turns, where their turns, or talking so far, would take minutes.",
    "  Of our 10,000 turns the first 9,000 were written at once and folded as a backlog, the others were talked.",
    "  The summariser: ours over 10,000 turns, createAgent's over 1,000, classic's over 20 turns at 1,000.",
    "  Turns a second: at 100 turns each; createAgent at 5.",
    "",
  ].join("\n");
}

type Told = (name: string) => string;

function row(name: string, ...cells: string[]): string {
  const columns = cells.map((cell) => cell.padEnd(CELL_CHARS)).join("");
  return `  ${name.padEnd(NAME_CHARS)}${columns}`.trimEnd();
}

/** p50 and p95 of one of those who are measured. */
function pair(told: Told, prefix: string, length: number | "" = ""): string {
  return `${told(named(prefix, `p50Ms${length}`))} / ${told(named(prefix, `p95Ms${length}`))}`;
}

/** One figure of ours and of both peers. */
function three(told: Told, title: string, target: string, name: string): string {
  const peers = ["classic", "graph"].map((peer) => told(named(peer, name)));
  return row(title, told(name), target, ...peers);
}

function times(told: Told): string[] {
  return [
    ...LENGTHS.map((length) =>
      row(
        `ms a turn at ${length}, p50 / p95`,
        pair(told, "", length),
        "≤ 1.0 / ≤ 2.0",
        pair(told, "classic", length),
        pair(told, "graph", length),
      ),
    ),
    row("a turn at 10,000 to one at 10", told("flatness10000to10"), "≤ 1.3"),
    row(
      "ours is so many times as fast",
      "",
      "≥ 100, –",
      told("speedupOverClassicAt1000"),
      told("speedupOverGraphAt1000"),
    ),
    three(told, "ms added by a slow summariser", "0", "addedBySlowSummariserMs"),
    three(told, "% of turns that wait for it", "0", "turnsWaitingForSummariserPercent"),
    three(told, "turns a second, 50 customers", "", "turnsPerSecond50Customers"),
    row("ms held by nobody, 10,000 turns", told("coldRebuildMs10000"), "fast"),
    row("  and never folded", told("coldRebuildNeverFoldedMs10000")),
    row("ms held elsewhere, p50 / p95", pair(told, "elsewhere", 100)),
    row("ms with recall, 1,000 turns", pair(told, "recall"), "– / ≤ 5.0"),
    row("  10,000 turns", pair(told, "recall", 10_000)),
    row("ms of a fold behind the answer", pair(told, "fold")),
  ];
}

function costs(told: Told): string[] {
  return [
    row("round trips to Redis a turn", told("roundTripsPerTurn"), "2"),
    row("  held elsewhere", told("roundTripsPerTurnElsewhere")),
    three(told, "a message is summarised, times", "1", "summariserTimesPerMessage"),
    three(told, "the summariser was asked, times", "", "summariserCalls"),
    three(told, "  and read, characters", "", "summariserChars"),
    ...LENGTHS.map((length) =>
      three(told, `bytes stored a turn at ${length}`, "flat", `storedBytesPerTurn${length}`),
    ),
  ];
}
