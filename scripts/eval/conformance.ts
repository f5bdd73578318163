import { existsSync, readFileSync } from "node:fs";
import path from "node:path";
import { parseArgs } from "node:util";
import { machine } from "@/scripts/setup/machine.mjs";
import { judge, type Verdict } from "./conformance/judge";
import { readJavaScript } from "./conformance/read-js";
import { readPython } from "./conformance/read-py";

const USAGE = "npm run eval -- conformance --data FOLDER [--json]";
const FILES = { "vectors-js.json": readJavaScript, "vectors-py.json": readPython };

/** Every trace of the folder's files, run on our classes and held to what LangChain's gave. */
async function measure(folder: string) {
  const judged: { id: string; verdict: Verdict }[] = [];
  for (const [name, read] of Object.entries(FILES)) {
    for (const trace of read(JSON.parse(readFileSync(path.join(folder, name), "utf8")))) {
      judged.push({ id: trace.id, verdict: await judge(trace) });
    }
  }
  return judged;
}

function show({ id, verdict }: Awaited<ReturnType<typeof measure>>[number]): string {
  switch (verdict.kind) {
    case "deliberate":
      return `deliberate    ${id}: ${verdict.differences.join(", ")}`;
    case "failed":
      return `FAILED        ${id}\n  original ${JSON.stringify(verdict.recorded)}\n  ours     ${JSON.stringify(verdict.seen)}`;
    default:
      return `${verdict.kind === "passed" ? "passed" : "out of scope"}`.padEnd(14) + id;
  }
}

const { values } = parseArgs({
  options: { data: { type: "string" }, json: { type: "boolean", default: false } },
});
const missing = Object.keys(FILES).filter(
  (name) => !values.data || !existsSync(path.join(values.data, name)),
);
if (!values.data || missing.length > 0) {
  console.error(values.data ? `${values.data} has no ${missing.join(" and no ")}` : USAGE);
  process.exitCode = 2;
} else {
  const judged = await measure(values.data);
  const count = (kind: Verdict["kind"]) =>
    judged.filter(({ verdict }) => verdict.kind === kind).length;
  const figures = {
    passed: count("passed"),
    failed: count("failed"),
    deliberate: count("deliberate"),
    outOfScope: count("outOfScope"),
  };
  console.log(judged.map(show).join("\n"));
  const { commit } = machine();
  console.log(
    values.json
      ? JSON.stringify({ name: "conformance", figures, runs: 1, commit })
      : `${figures.passed} passed, ${figures.deliberate} differ on purpose, ${figures.failed} failed; ${figures.outOfScope} are of classes that we have not`,
  );
  process.exitCode = figures.failed === 0 ? 0 : 1;
}
