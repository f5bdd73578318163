// biome-ignore-all lint/a11y/noRedundantRoles: browsers forget that a table is one when CSS lays it out as blocks.
import type { ReactNode } from "react";
import { classNames } from "./class-names";

export type Column<Row> = {
  key: string;
  header: string;
  cell: (row: Row) => ReactNode;
  align?: "start" | "end";
  /** The column that names the row: its header cell on a desktop, its headline on a phone. */
  primary?: boolean;
  /** The header is read, not shown (a column of buttons). */
  headerHidden?: boolean;
};

type TableProps<Row> = {
  caption: string;
  captionShown?: boolean;
  columns: readonly Column<Row>[];
  rows: readonly Row[];
  rowKey: (row: Row) => string;
};

/**
 * Rows and columns, which turn into cards on a phone. The roles are spelled out because a browser
 * forgets that a table is one as soon as CSS lays it out as blocks.
 */
export function Table<Row>({ caption, captionShown, columns, rows, rowKey }: TableProps<Row>) {
  return (
    <table role="table" className="block w-full border-collapse text-sm md:table">
      <caption
        className={captionShown ? "block pb-3 text-left font-medium md:table-caption" : "sr-only"}
      >
        {caption}
      </caption>
      <thead role="rowgroup" className="sr-only md:not-sr-only md:table-header-group">
        <tr role="row">
          {columns.map((column) => (
            <th
              key={column.key}
              role="columnheader"
              scope="col"
              className={classNames(
                "border-line border-b px-3 py-2.5 font-medium text-muted text-xs first:pl-1 last:pr-1",
                column.align === "end" ? "text-right" : "text-left",
              )}
            >
              {column.headerHidden ? (
                <span className="sr-only">{column.header}</span>
              ) : (
                column.header
              )}
            </th>
          ))}
        </tr>
      </thead>
      <tbody role="rowgroup" className="block md:table-row-group">
        {rows.map((row) => (
          <tr
            key={rowKey(row)}
            role="row"
            className="mb-3 block rounded-lg border border-line bg-surface px-4 py-3 transition-colors md:mb-0 md:table-row md:rounded-none md:border-0 md:border-b md:bg-transparent md:hover:bg-sunken/60"
          >
            {columns.map((column) => (
              <Cell key={column.key} column={column} row={row} />
            ))}
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function Cell<Row>({ column, row }: { column: Column<Row>; row: Row }) {
  const Element = column.primary ? "th" : "td";
  return (
    <Element
      role={column.primary ? "rowheader" : "cell"}
      {...(column.primary ? { scope: "row" } : {})}
      className={classNames(
        "flex items-baseline justify-between gap-4 py-1 font-normal tabular-nums md:table-cell md:border-line md:border-b md:px-3 md:py-3 md:align-middle md:first:pl-1 md:last:pr-1",
        column.align === "end" ? "md:text-right" : "text-left",
        column.primary && "pb-2 font-medium max-md:text-base",
      )}
    >
      {column.primary || column.headerHidden ? null : (
        <span aria-hidden className="shrink-0 text-muted text-xs md:hidden">
          {column.header}
        </span>
      )}
      <span className={classNames("min-w-0", !column.primary && "max-md:text-right")}>
        {column.cell(row)}
      </span>
    </Element>
  );
}
