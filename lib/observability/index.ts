import "server-only";

/** What operators see: log lines, reports and measured figures. Lines are scrubbed before they are written. */
export { type Line, log } from "./log";
export { countMetric, gaugeMetric, observeMetric, renderMetrics } from "./metric";
export { report } from "./report";
