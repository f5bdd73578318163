import type { ReactNode } from "react";
import { axisMax, barsOf, lineOf, PLANE } from "./chart-shape";
import { classNames } from "./class-names";
import { type Column, Table } from "./table";

export type Tone = "strong" | "quiet" | "danger";

export type Series = { name: string; tone: Tone; values: readonly (number | null)[] };

type ChartProps = {
  title: string;
  /** What there is to see, in a sentence: it is read instead of the drawing. */
  summary: string;
  kind: "bars" | "lines";
  /** One for each value, as short as an axis can bear. */
  labels: readonly string[];
  series: readonly Series[];
  written: (value: number) => string;
  /** The upper end of the axis; by default a round number above all values. */
  max?: number;
  labelHeader: string;
};

const fills: Record<Tone, string> = {
  strong: "fill-accent",
  quiet: "fill-line-strong",
  danger: "fill-danger",
};
const strokes: Record<Tone, string> = {
  strong: "stroke-accent",
  quiet: "stroke-line-strong [stroke-dasharray:5_4]",
  danger: "stroke-danger",
};
const keys: Record<Tone, string> = {
  strong: "bg-accent",
  quiet: "bg-line-strong",
  danger: "bg-danger",
};

/** Values over time, drawn, and the same values as a table. */
export function Chart(props: ChartProps) {
  const { title, summary, kind, labels, series, written } = props;
  const max = props.max ?? axisMax(series.flatMap(({ values }) => values));
  return (
    <figure className="flex min-w-0 flex-col gap-3 rounded-lg border border-line bg-surface p-5 shadow-card">
      <figcaption>
        <h3 className="font-semibold text-sm">{title}</h3>
        <p className="text-muted text-xs">{summary}</p>
      </figcaption>
      <div aria-hidden className="flex flex-col gap-1 text-muted text-xs tabular-nums">
        <span>{written(max)}</span>
        <svg
          viewBox={`0 0 ${PLANE.width} ${PLANE.height}`}
          preserveAspectRatio="none"
          className="h-36 w-full overflow-visible border-line border-y"
        >
          <title>{title}</title>
          {series.map((each, at) =>
            kind === "bars" ? (
              <Bars key={each.name} series={each} max={max} at={at} of={series.length} />
            ) : (
              <Line key={each.name} series={each} max={max} />
            ),
          )}
        </svg>
        <div className="flex justify-between gap-4">
          <span>{labels[0]}</span>
          <span>{labels.length > 1 ? labels.at(-1) : null}</span>
        </div>
      </div>
      {series.length > 1 ? <Legend series={series} /> : null}
      <AsTable {...props} />
    </figure>
  );
}

type BarsProps = { series: Series; max: number; at: number; of: number };

function Bars({ series: { tone, values }, max, at, of }: BarsProps) {
  return barsOf(values, max, { at, of }).map((rect) =>
    rect ? <rect key={rect.x} {...rect} className={fills[tone]} /> : null,
  );
}

function Line({ series: { tone, values }, max }: { series: Series; max: number }) {
  return (
    <path
      d={lineOf(values, max)}
      fill="none"
      strokeWidth={2}
      strokeLinecap="round"
      strokeLinejoin="round"
      vectorEffect="non-scaling-stroke"
      className={strokes[tone]}
    />
  );
}

function Legend({ series }: { series: readonly Series[] }) {
  return (
    <ul aria-hidden className="flex flex-wrap gap-x-5 gap-y-1 text-xs">
      {series.map(({ name, tone }) => (
        <li key={name} className="flex items-center gap-2">
          <span className={classNames("size-2.5 rounded-sm", keys[tone])} />
          {name}
        </li>
      ))}
    </ul>
  );
}

type Row = { key: string; label: string; cells: ReactNode[] };

function AsTable({ title, labels, labelHeader, series, written }: ChartProps) {
  const rows: Row[] = labels.map((label, at) => ({
    key: `${at} ${label}`,
    label,
    cells: series.map(({ values }) => {
      const value = values[at];
      return value === null || value === undefined ? "none" : written(value);
    }),
  }));
  const columns: Column<Row>[] = [
    { key: "label", header: labelHeader, primary: true, cell: ({ label }) => label },
    ...series.map(({ name }, at) => ({
      key: name,
      header: name,
      align: "end" as const,
      cell: ({ cells }: Row) => cells[at],
    })),
  ];
  return (
    <details className="text-sm">
      <summary className="min-h-7 text-muted text-xs">
        The values<span className="sr-only"> of {title}</span> as a table
      </summary>
      <div className="mt-2">
        <Table caption={title} rows={rows} rowKey={({ key }) => key} columns={columns} />
      </div>
    </details>
  );
}
