import "server-only";

/** What operators see: log lines and reports, scrubbed before they are written. */
export { type Line, log } from "./log";
export { report } from "./report";
