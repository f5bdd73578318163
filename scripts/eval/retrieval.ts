import { parseArgs } from "node:util";
import { openArticles } from "@/lib/knowledge";
import { type Case, readArticles, readCases } from "./articles";
import { figuresLine, figuresTable } from "./figures";
import { drawWords, makeUpPassages, seeded } from "./made-up-passages";
import { p95, round } from "./redaction-score";

const USAGE =
  "npm run eval -- retrieval --articles DIR --cases FILE [--half even|odd] [--json]\n       npm run eval -- retrieval --passages COUNT [--json]\n--half measures every second case only, so that what was chosen on one half is looked at on the other;\n--passages measures the time of a search among so many made-up passages.";
const FIRST = 10;
const ANY = 5;

type Found = { recall: number; any: number; ms: number };

/** What comes of it, and how long it took at its best of three: what else the machine does only adds. */
function bestOfThree<T>(work: () => T): [T | undefined, number] {
  let result: T | undefined;
  let least = Number.POSITIVE_INFINITY;
  for (let run = 0; run < 3; run += 1) {
    const begun = performance.now();
    result = work();
    least = Math.min(least, performance.now() - begun);
  }
  return [result, least];
}

/** Recall among the first ten articles, any needed one among the first five, and how long a search took. */
function measure(ask: ReturnType<typeof openArticles>, cases: readonly Case[]) {
  // The first searches of a process also pay for its warming up.
  for (const { question } of cases.slice(0, 5)) {
    ask(question, { limit: FIRST });
  }
  const found = cases.map(({ question, needed }): Found => {
    const [hits = [], ms] = bestOfThree(() =>
      ask(question, { limit: FIRST }).map(({ articleId }) => articleId),
    );
    const wanted = new Set(needed);
    return {
      recall: hits.filter((id) => wanted.has(id)).length / wanted.size,
      any: hits.slice(0, ANY).some((id) => wanted.has(id)) ? 1 : 0,
      ms,
    };
  });
  const mean = (of: (each: Found) => number) =>
    round((100 * found.reduce((sum, each) => sum + of(each), 0)) / Math.max(1, found.length));
  return {
    recall10: mean(({ recall }) => recall),
    any5: mean(({ any }) => any),
    p95Ms: round(p95(found.map(({ ms }) => ms))),
    cases: found.length,
  };
}

const CHATS = 400;
const LONG = 100;

/** How long searches take among so many made-up passages: questions of a chat, each with a typing error, and scenarios. */
function measureMany(count: number) {
  const random = seeded(count);
  const draw = drawWords(random);
  const passages = makeUpPassages(count, draw);
  const begun = performance.now();
  const ask = openArticles(passages);
  const buildMs = performance.now() - begun;
  const times = (questions: number, words: number) => {
    const ms = Array.from({ length: questions }, () => {
      const asked = Array.from({ length: words }, draw);
      asked[words - 1] = `${asked[words - 1]}x`;
      const question = asked
        .join(" ")
        .replaceAll(/((?:\S+ ){19}\S+) (.)/g, (_, s, c) => `${s}. ${c.toUpperCase()}`);
      const from = performance.now();
      ask(question, { limit: FIRST });
      return performance.now() - from;
    });
    return p95(ms.slice(questions / 10));
  };
  return {
    p95Ms: round(times(CHATS, 12)),
    longP95Ms: round(times(LONG, 250)),
    buildMs: round(buildMs),
    passages: count,
  };
}

const { values } = parseArgs({
  options: {
    articles: { type: "string" },
    cases: { type: "string" },
    half: { type: "string" },
    passages: { type: "string" },
    json: { type: "boolean", default: false },
  },
});

function figuresAsked(): Record<string, number> | null {
  const { articles, cases, half, passages: made } = values;
  if (made !== undefined) {
    const count = Number(made);
    return Number.isInteger(count) && count > 0 ? measureMany(count) : null;
  }
  if (!articles || !cases || !["even", "odd", undefined].includes(half)) {
    return null;
  }
  const passages = readArticles(articles);
  const rest = half === "odd" ? 1 : 0;
  const chosen = readCases(cases).filter((_, at) => !half || at % 2 === rest);
  return { ...measure(openArticles(passages), chosen), passages: passages.length };
}

const figures = figuresAsked();
if (figures) {
  console.log(values.json ? figuresLine("retrieval", figures, 1) : figuresTable(figures));
} else {
  console.error(USAGE);
  process.exitCode = 2;
}
