type Figures = {
  machine: string;
  node: string;
  commit: string;
  date: string;
  runs: number;
  figures: Record<string, number>;
};

/** The last line of `--json`. */
export function tell({ figures, runs, commit, machine, node, date }: Figures): string {
  return JSON.stringify({ name: "privacy", figures, runs, commit, machine, node, date });
}

const NAME_CHARS = 52;

const lines = [
  ["Load average before", "loadAverageBefore", ""],
  ["Seals a second, of 200 characters", "sealsPerSecond", ""],
  ["Opens a second", "opensPerSecond", ""],
  ["Redaction of a message, ms p50", "redactP50Ms", ""],
  ["  p95", "redactP95Ms", ""],
  ["100,000 characters of the worst input, ms", "detectWorst100000CharactersMs", "< 50"],
  ["Export of 10,000 messages, ms", "exportMs10000", ""],
  ["  of 1,000", "exportMs1000", ""],
  ["  peak memory, MB", "exportPeakMb10000", ""],
  ["  to that of 1,000", "exportPeakRatio", "flat"],
  ["Erasure, stage 1, among 100 customers, ms", "erasureMs100", ""],
  ["  among 100,000", "erasureMs100000", "≤ 10,000"],
  ["  ratio", "erasureRatio", "≤ 1.5"],
  ["Left in files after stage 1 (ids, wrapped key)", "rawHitsAfterStage1Among100000", ""],
  ["Stage 2 among 100,000 customers, ms", "sweepMs100000", ""],
  ["  MB of files searched", "searchedMb100000", ""],
  ["Left after stage 2: in stores", "leftoverHitsLogical", "0"],
  ["  in raw files", "leftoverHitsRaw", "0"],
  ["Audit entries a second, 8 writers", "auditAppendsPerSecond", ""],
  ["  forks", "auditForks", "0"],
  ["Load average after", "loadAverageAfter", ""],
] as const;

/** The figures as a person reads them, with what is to be reached. */
export function show({ machine, node, commit, figures }: Figures): string {
  const row = (name: string, value: string, target: string) =>
    `  ${name.padEnd(NAME_CHARS)}${value.padEnd(14)}${target}`.trimEnd();
  return [
    "",
    `  On ${machine}, Node ${node}, commit ${commit}`,
    "",
    ...lines.map(([name, figure, target]) => row(name, String(figures[figure] ?? "–"), target)),
    "",
  ].join("\n");
}
