import type { bench } from "./turn";

type Figures = Awaited<ReturnType<typeof bench>> & {
  machine: string;
  node: string;
  commit: string;
  runs: number;
};

/** The figures as a person reads them. */
export function show(figures: Figures): string {
  const { floor, plainAgent, product, streams, cost } = figures;
  const row = (name: string, words: string) => `  ${name.padEnd(34)} ${words}`;
  const added = ({ addedFirstTokenP50Ms: p50, addedFirstTokenP95Ms: p95 }: typeof floor) =>
    `p50 ${p50} ms, p95 ${p95} ms`;
  const cores = Object.entries(streams.cpu).map(([name, share]) => `${name} ${share}`);
  const { memory } = streams;
  const lines = [
    "",
    row("On", `${figures.machine}, Node ${figures.node}, commit ${figures.commit}`),
    row("Added to the first token", ""),
    row("  a bare proxy (the floor)", added(floor)),
    row("  an agent without durability", added(plainAgent)),
    row("  this product", `${added(product)}, ${product.turnsPerSecond} turns a second`),
    row(
      "Streams at once",
      `${streams.concurrentStreams} of ${streams.tokensPerSecondEach} tokens a second, ${streams.errors} errors`,
    ),
    row("  cores in use", cores.join(", ")),
    row(
      "  memory of the web process",
      `${memory.startMb} to ${memory.endMb} MB, ${memory.growthMbPerMinute} MB a minute`,
    ),
    row(
      "Cost of a turn",
      `${cost.sqlStatementsPerTurn} SQL statements, ${cost.redisCommandsPerTurn} Redis commands, ${cost.bytesPerTurn} bytes`,
    ),
    row("Errors", String(figures.errors)),
    "",
  ];
  return lines.join("\n");
}
