import { expect, test } from "vitest";
import { countMetric, gaugeMetric, observeMetric, renderMetrics } from "./metric";

const linesOf = (name: string) =>
  renderMetrics()
    .split("\n")
    .filter((line) => line.includes(name));

test("a histogram counts each value in its bucket and in all above, and keeps sum and count", () => {
  const about = { name: "test_seconds", help: "How long", upTo: [0.1, 1] };
  for (const value of [0.05, 0.1, 0.5, 7]) {
    observeMetric(about, { type: "fold" }, value);
  }
  expect(linesOf("test_seconds")).toEqual([
    "# HELP test_seconds How long",
    "# TYPE test_seconds histogram",
    'test_seconds_bucket{type="fold",le="0.1"} 2',
    'test_seconds_bucket{type="fold",le="1"} 3',
    'test_seconds_bucket{type="fold",le="+Inf"} 4',
    'test_seconds_sum{type="fold"} 7.65',
    'test_seconds_count{type="fold"} 4',
  ]);
});

test("a counter keeps one sum for each set of labels", () => {
  const about = { name: "test_total", help: "How many" };
  countMetric(about, { result: "hit" });
  countMetric(about, { result: "miss" }, 2);
  countMetric(about, { result: "hit" });
  expect(linesOf("test_total{")).toEqual([
    'test_total{result="hit"} 2',
    'test_total{result="miss"} 2',
  ]);
});

test("a gauge is read when it is asked for", () => {
  let value = 1;
  gaugeMetric({ name: "test_now", help: "Now" }, () => [{ labels: {}, value }]);
  value = 5;
  expect(linesOf("test_now").at(-1)).toBe("test_now 5");
});

test("quotes, backslashes and line breaks of a label cannot break a line", () => {
  countMetric({ name: "test_label", help: "Labels" }, { name: 'a"b\\c\nd' });
  expect(linesOf("test_label").at(-1)).toBe('test_label{name="a\\"b\\\\c\\nd"} 1');
});
