import { readFileSync } from "node:fs";
import { parseArgs } from "node:util";
import { z } from "zod";
import { detect, isNameByItself } from "@/lib/privacy";
import { covered, type Labelled, p95, round, share, Tally } from "./redaction-score";

const USAGE = "npm run eval -- redaction --data FILE [--benign FILE] [--json]";
const KINDS = ["EMAIL", "PHONE", "CARD", "SSN", "IBAN", "IP", "PERSON", "ADDRESS"] as const;
const MICRO = ["EMAIL", "PHONE", "CARD", "SSN"];
/** What other people's data call our kinds. Labels of other kinds are read, so that what they cover is not harmless. */
const NAMES: Record<string, (typeof KINDS)[number]> = {
  EMAIL_ADDRESS: "EMAIL",
  PHONE_NUMBER: "PHONE",
  CREDIT_CARD: "CARD",
  US_SSN: "SSN",
  IBAN_CODE: "IBAN",
  IP_ADDRESS: "IP",
  STREET_ADDRESS: "ADDRESS",
};
/** Personal by their form alone: an address with an @, and numbers whose check digits are right. */
const PERSONAL_BY_FORM: readonly string[] = ["EMAIL", "CARD", "IBAN"];

const Row = z.object({
  full_text: z.string(),
  spans: z.array(
    z.object({ entity_type: z.string(), start_position: z.int(), end_position: z.int() }),
  ),
});
const BenignRow = z.object({ text: z.string() });
type Text = { text: string; labels: Labelled[] };

function readData(file: string): Text[] {
  return z
    .array(Row)
    .parse(JSON.parse(readFileSync(file, "utf8")))
    .map(({ full_text: text, spans }) => ({
      text,
      labels: spans.map(({ entity_type: type, start_position: start, end_position: end }) => ({
        kind: NAMES[type] ?? type,
        start,
        end,
      })),
    }));
}

function readBenign(file: string): string[] {
  const lines = readFileSync(file, "utf8")
    .split("\n")
    .filter((line) => line.trim() !== "");
  return lines.map((line) => BenignRow.parse(JSON.parse(line)).text);
}

/** Texts that are hard on one rule or another, repeated to this many characters. */
const WORST_CHARS = 100_000;
const WORST = [
  "1 ",
  "4 ",
  "1-",
  "DE89 ",
  "a@",
  "+1 ",
  "Maria ",
  "Xyz ",
  "12 Abc St ",
  "my name is ",
];

/** The slowest of these, each at its best of three: what else the machine does only adds. */
function worstMs(): number {
  return Math.max(
    ...WORST.map((unit) => {
      const text = unit.repeat(WORST_CHARS / unit.length);
      return Math.min(...[1, 2, 3].map(() => look([text]).ms[0] ?? 0));
    }),
  );
}

/** Each text's spans, and how long they took to find. The first pass is not timed: a server has read texts before. */
function look(texts: readonly string[]): { found: Labelled[][]; ms: number[] } {
  for (const text of texts) {
    detect(text);
  }
  const ms: number[] = [];
  const found = texts.map((text) => {
    const begun = performance.now();
    const spans = detect(text);
    ms.push(performance.now() - begun);
    return spans;
  });
  return { found, ms };
}

/** Shares of characters: labelled ones of our kinds left in clear, and unlabelled ones taken away. */
function sharesOf(texts: readonly Text[], found: readonly Labelled[][]) {
  const sum = { labelled: 0, left: 0, harmless: 0, taken: 0 };
  for (const [at, { text, labels }] of texts.entries()) {
    const spans = found[at] ?? [];
    for (const label of labels.filter(({ kind }) => KINDS.some((each) => each === kind))) {
      sum.labelled += label.end - label.start;
      sum.left += label.end - label.start - covered(label, spans);
    }
    const marks = new Uint8Array(text.length);
    for (const { start, end } of labels) {
      marks.fill(1, start, end);
    }
    sum.harmless += marks.filter((mark) => mark === 0).length;
    for (const { start, end } of spans) {
      sum.taken += marks.subarray(start, end).filter((mark) => mark === 0).length;
    }
  }
  return {
    leakedShare: round(share(sum.left, sum.labelled, 0)),
    overRedactedShare: round(share(sum.taken, sum.harmless, 0)),
  };
}

/**
 * Of chat that nobody labelled: what was taken away in all, and what of it nothing shows to be personal. An address with
 * an @, a number with right check digits and a word that is hardly anything but a name are personal; all else counts.
 */
function benignShares(texts: readonly string[], found: readonly Labelled[][]) {
  const sum = { all: 0, taken: 0, over: 0 };
  for (const [at, text] of texts.entries()) {
    sum.all += text.length;
    for (const { kind, start, end } of found[at] ?? []) {
      const isPersonal =
        PERSONAL_BY_FORM.includes(kind) ||
        (kind === "PERSON" && isNameByItself(text.slice(start, end)));
      sum.taken += end - start;
      sum.over += isPersonal ? 0 : end - start;
    }
  }
  return {
    overRedactedShare: round(share(sum.over, sum.all, 0)),
    redactedShare: round(share(sum.taken, sum.all, 0)),
  };
}

function measure(data: readonly Text[], benign: readonly string[]) {
  const ours = look(data.map(({ text }) => text));
  const theirs = look(benign);
  const tally = new Tally();
  for (const [at, { labels }] of data.entries()) {
    tally.add(KINDS, ours.found[at] ?? [], labels);
  }
  return {
    microF1: tally.score(MICRO).f1,
    perKind: Object.fromEntries(KINDS.map((kind) => [kind, tally.score([kind])])),
    ...sharesOf(data, ours.found),
    ...(benign.length > 0 && benignShares(benign, theirs.found)),
    p95Ms: round(p95([...ours.ms, ...theirs.ms])),
    worst100kMs: round(worstMs()),
    texts: data.length,
    benignTexts: benign.length,
  };
}

function show(result: ReturnType<typeof measure>): string {
  const rows = Object.entries(result.perKind).map(
    ([kind, { precision, recall, f1 }]) =>
      `${kind.padEnd(8)} precision ${precision.toFixed(3)}  recall ${recall.toFixed(3)}  F1 ${f1.toFixed(3)}`,
  );
  const percent = (value: number) => `${(value * 100).toFixed(2)} %`;
  return [
    ...rows,
    `micro-F1 over ${MICRO.join(", ")}: ${result.microF1.toFixed(3)}`,
    `left in clear: ${percent(result.leakedShare)} of personal characters`,
    `taken without need: ${percent(result.overRedactedShare)} of ${result.benignTexts > 0 ? "harmless chat" : "unlabelled characters"}`,
    `95 of 100 texts in under ${result.p95Ms} ms; 100,000 characters of the worst input in ${result.worst100kMs} ms`,
  ].join("\n");
}

const { values } = parseArgs({
  options: {
    data: { type: "string" },
    benign: { type: "string" },
    json: { type: "boolean", default: false },
  },
});
if (!values.data) {
  console.error(USAGE);
  process.exitCode = 2;
} else {
  const result = measure(readData(values.data), values.benign ? readBenign(values.benign) : []);
  console.log(values.json ? JSON.stringify(result) : show(result));
}
