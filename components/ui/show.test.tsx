import { renderToStaticMarkup } from "react-dom/server";
import { expect, test } from "vitest";
import { Notice } from "./notice";
import { Pagination } from "./pagination";
import { Progress } from "./progress";
import { Stat } from "./stat";
import { Table } from "./table";
import { Time } from "./time";

test("a table stays a table for a screen reader when a phone shows cards", () => {
  const html = renderToStaticMarkup(
    <Table
      caption="Orders"
      rows={[{ id: "12345", total: "€ 20" }]}
      rowKey={(row) => row.id}
      columns={[
        { key: "id", header: "Order", primary: true, cell: (row) => row.id },
        { key: "total", header: "Total", cell: (row) => row.total },
      ]}
    />,
  );
  for (const role of ["table", "rowgroup", "row", "columnheader", "rowheader", "cell"]) {
    expect(html).toContain(`role="${role}"`);
  }
});

test("only danger interrupts, and standing text is not announced at all", () => {
  expect(renderToStaticMarkup(<Notice tone="danger">x</Notice>)).toContain('role="alert"');
  expect(renderToStaticMarkup(<Notice tone="info">x</Notice>)).toContain('role="status"');
  expect(renderToStaticMarkup(<Notice quiet>x</Notice>)).not.toContain("role=");
});

test("a list that fits one page has no steps, and one at its end has one", () => {
  expect(renderToStaticMarkup(<Pagination label="Pages" />)).toBe("");
  const html = renderToStaticMarkup(<Pagination label="Pages" olderHref="?before=1" />);
  expect(html).toContain("Older");
  expect(html).not.toContain("Newer");
});

test("what was not measured is said to be so, and zero is a measure", () => {
  expect(renderToStaticMarkup(<Stat label="Hits" value={null} unit="%" />)).toContain(
    "not measured yet",
  );
  expect(renderToStaticMarkup(<Stat label="Hits" value={0} />)).not.toContain("not measured yet");
});

test("progress never leaves its bounds", () => {
  expect(renderToStaticMarkup(<Progress label="p" value={9} max={3} />)).toContain(
    'aria-valuenow="3"',
  );
  expect(renderToStaticMarkup(<Progress label="p" value={1} max={0} />)).toContain("width:0.00%");
});

test("the server writes a moment in UTC, whatever zone it runs in", () => {
  const html = renderToStaticMarkup(<Time at="2026-05-14T23:30:00Z" />);
  expect(html).toContain('dateTime="2026-05-14T23:30:00Z"');
  expect(html).toContain(">14 May 2026<");
});
