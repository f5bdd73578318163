import "./setup/need-node.mjs";
import { parseArgs } from "node:util";
import { buildWhenChanged } from "./setup/build.mjs";
import { machine } from "./setup/machine.mjs";
import { main } from "./setup/main.mjs";
import { place } from "./setup/place.mjs";
import { endAll } from "./setup/processes.mjs";
import { bold, Sorry, step } from "./setup/say.mjs";
import { seed } from "./setup/seed.mjs";
import { clear, prepareThrowAway } from "./setup/test-place.mjs";

/**
 * `npm run bench -- NAME [--json] [--runs N]`: measures the product with servers of its own, which share nothing with
 * the demo's. Without a name, lists what can be measured. `built`: it is measured as it is served.
 */
const benches = {
  turn: {
    words:
      "what the product adds to a model's first token, how many streams it carries, and what a turn costs",
    runs: "1",
    built: true,
  },
  memory: {
    words: "what a turn costs the memory, beside LangChain's own memories in the same run",
    runs: "3",
    built: false,
  },
  privacy: {
    words:
      "sealing, redaction, export and audit, and what an erasure among 100,000 customers takes and leaves",
    runs: "1",
    built: false,
  },
};
const home = place("test");

await main(async () => {
  const { name, json, runs } = readWords();
  if (!name) {
    list();
    return 0;
  }
  if (json) {
    // Figures alone go to stdout; what happens meanwhile is for the person at the terminal.
    console.log = console.error;
  }
  console.log(`\n  ${bold(`Recollect's bench: ${name}`)}\n`);
  const { environments } = await prepareThrowAway(home, `npm run bench -- ${name}`, ["bench"], {
    careful: true,
  });
  const environment = { ...environments.bench, TRUSTED_PROXY: "1" };
  if (benches[name].built) {
    await step("Build", (note) => buildWhenChanged(home, environment, note));
    await step("Seed", () => seed(environment));
  }
  const { bench, show, tell = inFull } = await load(name);
  const figures = {
    bench: name,
    ...machine(),
    runs,
    ...(await bench({ home, environment, runs })),
  };
  await endAll();
  clear(home);
  if (json) {
    process.stdout.write(`${tell(figures)}\n`);
  } else {
    console.log(show(figures));
  }
  return figures.errors > 0 ? 1 : 0;
});

/** One line, so that whoever reads the last one has all of it. */
function inFull({ bench: name, machine, node, commit, date, runs, ...figures }) {
  return JSON.stringify({ name, figures, runs, commit, machine, node, date });
}

function readWords() {
  try {
    const { values, positionals } = parseArgs({
      allowPositionals: true,
      options: {
        json: { type: "boolean", default: false },
        runs: { type: "string" },
      },
    });
    const [name] = positionals;
    if (name && !Object.hasOwn(benches, name)) {
      throw new Error(`There is no bench called ${name}.`);
    }
    const runs = Number(values.runs ?? benches[name]?.runs ?? 1);
    if (!Number.isInteger(runs) || runs < 1 || runs > 20) {
      throw new Error(`${values.runs} is no number of runs from 1 to 20.`);
    }
    return { name, json: values.json, runs };
  } catch (error) {
    list();
    throw new Sorry(error.message, { cause: error });
  }
}

function list() {
  console.log("\n  npm run bench -- NAME [--json] [--runs N]\n");
  for (const [name, { words }] of Object.entries(benches)) {
    console.log(`  ${name.padEnd(8)} ${words}`);
  }
  console.log("");
}

/** The benches are TypeScript; what runs them is there only after the dependencies are. */
async function load(name) {
  const { register } = await import("tsx/esm/api");
  register();
  return await import(`../bench/${name}.ts`);
}
