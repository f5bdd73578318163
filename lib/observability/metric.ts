import { once } from "@/lib/once";

type Labels = Readonly<Record<string, string>>;
type About = { name: string; help: string };
type Sample = { labels: Labels; value: number };

type Kind = "counter" | "gauge" | "histogram";
type Family = { about: About; kind: Kind; lines: () => string[] };

/** All that this process measures, by name. Next holds several instances of this module, so it is kept in one place. */
function families(): Map<string, Family> {
  return once("metrics", () => new Map());
}

/** Counts up. Labels take their values from short fixed lists: never an id, never text. */
export function countMetric(about: About, labels: Labels, by = 1): void {
  const { sums } = kept(about, "counter", () => {
    const held = new Map<string, Sample>();
    return { sums: held, lines: () => [...held.values()].map((each) => line(about.name, each)) };
  });
  const series = textOf(labels);
  const { value } = sums.get(series) ?? { value: 0 };
  sums.set(series, { labels, value: value + by });
}

type Series = { labels: Labels; counts: number[]; sum: number; count: number };

/** Puts a value into its bucket. `upTo` are the buckets' upper bounds, rising; they are those of the first call. */
export function observeMetric(
  about: About & { upTo: readonly number[] },
  labels: Labels,
  value: number,
): void {
  const { upTo } = about;
  const { held } = kept(about, "histogram", () => {
    const all = new Map<string, Series>();
    return {
      held: all,
      lines: () => [...all.values()].flatMap((each) => bucketLines(about.name, upTo, each)),
    };
  });
  const series = textOf(labels);
  const known = held.get(series) ?? { labels, counts: upTo.map(() => 0), sum: 0, count: 0 };
  const at = upTo.findIndex((bound) => value <= bound);
  if (at >= 0) {
    known.counts[at] = (known.counts[at] ?? 0) + 1;
  }
  known.sum += value;
  known.count += 1;
  held.set(series, known);
}

/** A value that is read whenever somebody asks. */
export function gaugeMetric(about: About, read: () => Sample[]): void {
  kept(about, "gauge", () => ({
    lines: () => read().map((each) => line(about.name, each)),
  }));
}

/** Everything in Prometheus' text format 0.0.4. */
export function renderMetrics(): string {
  const blocks = [...families().values()].map(({ about, kind, lines }) => [
    `# HELP ${about.name} ${about.help.replaceAll("\\", "\\\\").replaceAll("\n", "\\n")}`,
    `# TYPE ${about.name} ${kind}`,
    ...lines(),
  ]);
  return `${blocks.flat().join("\n")}\n`;
}

function kept<Own extends { lines: () => string[] }>(
  about: About,
  kind: Kind,
  make: () => Own,
): Own & Family {
  const known = families().get(about.name);
  if (known) {
    return known as Own & Family;
  }
  const family = { about, kind, ...make() };
  families().set(about.name, family);
  return family;
}

function bucketLines(name: string, upTo: readonly number[], series: Series): string[] {
  const { labels, counts, sum, count } = series;
  let below = 0;
  const buckets = upTo.map((bound, at) => {
    below += counts[at] ?? 0;
    return line(`${name}_bucket`, { labels: { ...labels, le: String(bound) }, value: below });
  });
  return [
    ...buckets,
    line(`${name}_bucket`, { labels: { ...labels, le: "+Inf" }, value: count }),
    line(`${name}_sum`, { labels, value: sum }),
    line(`${name}_count`, { labels, value: count }),
  ];
}

function line(name: string, { labels, value }: Sample): string {
  return `${name}${textOf(labels)} ${value}`;
}

function textOf(labels: Labels): string {
  const pairs = Object.entries(labels).map(([name, value]) => `${name}="${escaped(value)}"`);
  return pairs.length > 0 ? `{${pairs.join(",")}}` : "";
}

function escaped(value: string): string {
  return value.replaceAll("\\", "\\\\").replaceAll('"', '\\"').replaceAll("\n", "\\n");
}
