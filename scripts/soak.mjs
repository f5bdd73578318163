import "./setup/need-node.mjs";
import { randomInt } from "node:crypto";
import fs from "node:fs";
import { parseArgs } from "node:util";
import { buildWhenChanged } from "./setup/build.mjs";
import { machine } from "./setup/machine.mjs";
import { main } from "./setup/main.mjs";
import { memoryFaults } from "./setup/memory-faults.mjs";
import { place } from "./setup/place.mjs";
import { endAll, findRun } from "./setup/processes.mjs";
import { bold, green, red, Sorry, step } from "./setup/say.mjs";
import { seed as seedDemo } from "./setup/seed.mjs";
import { clear, prepareThrowAway } from "./setup/test-place.mjs";

/**
 * `npm run soak -- chaos [--minutes 60] [--seed N]`: runs the built product for long, with servers of its own, while
 * they are killed, frozen and stopped. Ends with 1 when a guarantee was broken. `--built` and `--report FILE` are for
 * `npm test`, whose build it uses.
 *
 * `npm run soak -- faults [--times 10]`: so many times what `npm test` plays of the faults that memory and erasure must survive.
 */
const home = place("chaos");

await main(async () => {
  const words = readWords();
  return words.what === "faults" ? await memoryFaults(words.times) : await soak(words);
});

async function soak(words) {
  const seed = words.seed ?? randomInt(1, 1_000_000_000);
  console.log(`\n  ${bold("Recollect's chaos")}\n`);
  requireQuietTests(words);
  const { environments } = await prepareThrowAway(home, "npm run soak -- chaos", ["chaos"], {
    careful: true,
  });
  const environment = { ...environments.chaos, NEXT_MANUAL_SIG_HANDLE: "1" };
  if (!words.built) {
    await step("Build", (note) => buildWhenChanged(home, environment, note));
  }
  await step("Seed", () => seedDemo(environment));
  const { register } = await import("tsx/esm/api");
  register();
  const { chaos } = await import("./soak/chaos.ts");
  const seconds = Math.round(words.minutes * 60);
  const found = { ...machine(), ...(await chaos({ home, environment, seconds, seed })) };
  if (words.report) {
    fs.writeFileSync(words.report, JSON.stringify(found, null, 2));
  }
  await endAll();
  clear(home);
  return tell(found);
}

function readWords() {
  try {
    const { values, positionals } = parseArgs({
      allowPositionals: true,
      options: {
        minutes: { type: "string", default: "60" },
        seed: { type: "string" },
        times: { type: "string", default: "10" },
        built: { type: "boolean", default: false },
        report: { type: "string" },
      },
    });
    const [what] = positionals;
    if (positionals.length !== 1 || !["chaos", "faults"].includes(what)) {
      throw new Error("Say which soak.");
    }
    return {
      ...values,
      what,
      times: within(values.times, 1, 10_000),
      minutes: within(values.minutes, 0.1, 24 * 60),
      seed: values.seed ? Math.trunc(within(values.seed, 1, 2 ** 32 - 1)) : null,
    };
  } catch (error) {
    const ways =
      "npm run soak -- chaos [--minutes 60] [--seed N]\n  npm run soak -- faults [--times 10]";
    throw new Sorry(`${error.message}\n  ${ways}`, { cause: error });
  }
}

function within(text, least, most) {
  const number = Number(text);
  if (!(number >= least && number <= most)) {
    throw new Error(`${text} is no number from ${least} to ${most}.`);
  }
  return number;
}

/** The tests build into the same folder. */
function requireQuietTests({ built }) {
  const running = findRun(place("test"));
  if (running && !built) {
    throw new Sorry(
      `${running.what} runs from this clone (process ${running.owner.pid}), and both build into ${home.dist}. Wait for it, or stop it.`,
    );
  }
}

function tell({ verdicts, faults, machine: on, node, commit, date, ...counts }) {
  const show = (object) =>
    Object.entries(object)
      .map(([name, value]) => `${name} ${typeof value === "object" ? `(${show(value)})` : value}`)
      .join(", ");
  console.log(`\n  On        ${on}, Node ${node}, commit ${commit}, ${date}`);
  console.log(`  Faults    ${show(faults)}`);
  console.log(`  Counts    ${show(counts)}\n`);
  for (const { guarantee, violations } of verdicts) {
    console.log(`  ${violations.length === 0 ? green("✓") : red("✗")} ${guarantee}`);
    for (const words of violations.slice(0, 20)) {
      console.log(`      ${words}`);
    }
    if (violations.length > 20) {
      console.log(`      … and ${violations.length - 20} more`);
    }
  }
  return verdicts.some(({ violations }) => violations.length > 0) ? 1 : 0;
}
