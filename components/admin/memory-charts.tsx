import { Chart } from "@/components/ui/chart";
import type { FoldedDay, MemorySpan } from "@/lib/memory/schema";

/** What folding saved, day by day. */
export function FoldingChart({ days }: { days: readonly FoldedDay[] }) {
  const before = sum(days.map(({ tokensBefore }) => tokensBefore));
  const after = sum(days.map(({ tokensAfter }) => tokensAfter));
  const saved = before > 0 ? `, ${percent(1 - after / before)} less` : "";
  return (
    <Chart
      title="Tokens before and after folding"
      summary={`The folds of the last 30 days took ${count(before)} tokens down to ${count(after)}${saved}.`}
      kind="bars"
      labelHeader="Day"
      labels={days.map(({ day }) => day)}
      series={[
        { name: "Before", tone: "quiet", values: days.map(({ tokensBefore }) => tokensBefore) },
        { name: "After", tone: "strong", values: days.map(({ tokensAfter }) => tokensAfter) },
      ]}
      written={count}
    />
  );
}

/** Times, cache hits and errors of this process's operations, span by span. */
export function OperationCharts({ spans }: { spans: readonly MemorySpan[] }) {
  const labels = spans.map(({ at }) => clock(at));
  const shared = { labels, labelHeader: "From (UTC)" };
  const errors = sum(spans.map((span) => span.errors));
  const operations = sum(spans.map((span) => span.operations));
  return (
    <div className="grid grid-cols-[repeat(auto-fit,minmax(min(18rem,100%),1fr))] gap-4">
      <Chart
        {...shared}
        title="Time per operation"
        summary={`On average at most ${ms(largest(spans.map((span) => span.avgProcessingTimeMs)))} in any span; the longest took ${ms(largest(spans.map((span) => span.maxProcessingTimeMs)))}.`}
        kind="lines"
        series={[
          { name: "Longest", tone: "quiet", values: spans.map((span) => span.maxProcessingTimeMs) },
          {
            name: "Average",
            tone: "strong",
            values: spans.map((span) => span.avgProcessingTimeMs),
          },
        ]}
        written={ms}
      />
      <Chart
        {...shared}
        title="Cache hits"
        summary={`Between ${percent(smallest(spans.map((span) => span.cacheHitRate)))} and ${percent(largest(spans.map((span) => span.cacheHitRate)))} of the operations of a span were served by a copy.`}
        kind="lines"
        max={1}
        series={[
          {
            name: "Served by a copy",
            tone: "strong",
            values: spans.map((span) => span.cacheHitRate),
          },
        ]}
        written={percent}
      />
      <Chart
        {...shared}
        title="Errors"
        summary={`${count(errors)} of ${count(operations)} operations failed.`}
        kind="bars"
        series={[{ name: "Failed", tone: "danger", values: spans.map((span) => span.errors) }]}
        written={count}
      />
    </div>
  );
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}

function largest(values: readonly (number | null)[]): number {
  return Math.max(0, ...values.flatMap((value) => value ?? []));
}

function smallest(values: readonly (number | null)[]): number {
  const known = values.flatMap((value) => value ?? []);
  return known.length === 0 ? 0 : Math.min(...known);
}

/** "14:05", as the server counts time: the drawing cannot know the reader's zone. */
function clock(at: string): string {
  return at.slice(11, 16);
}

function count(value: number): string {
  return value.toLocaleString("en");
}

function percent(share: number): string {
  return `${Math.round(share * 100)} %`;
}

function ms(value: number): string {
  return `${value.toLocaleString("en", { maximumFractionDigits: value < 10 ? 1 : 0 })} ms`;
}
