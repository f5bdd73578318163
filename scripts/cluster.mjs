import "./setup/need-node.mjs";
import { parseArgs } from "node:util";
import { block } from "./setup/block.mjs";
import { bringUp } from "./setup/bring-up.mjs";
import { startCluster } from "./setup/cluster.mjs";
import { isStopping, main, settle } from "./setup/main.mjs";
import { place } from "./setup/place.mjs";
import { Sorry, step } from "./setup/say.mjs";
import { showOutput } from "./setup/web.mjs";

/**
 * `npm run cluster -- --web 3 --workers 2`: what `npm start` starts, with several web processes behind a small proxy
 * and the jobs in workers. For tests and for trying; a process that ends is started again.
 */
const demo = place("demo");
const most = 16;

await main(async () => {
  const { web, workers } = readWords();
  const { given, port, host, checked, environment, seeded, address } = await bringUp(demo, {
    what: "npm run cluster",
  });
  const cluster = await step("Processes", () =>
    startCluster({ place: demo, environment, web, workers, port, host }),
  );
  const slots = [...cluster.web, ...cluster.workers];
  console.log(
    block({ address, checked, given, seeded, place: demo, host, processes: nameAll(slots) }),
  );
  settle();
  await Promise.all(slots.map(keepUp));
  return 0;
});

function readWords() {
  try {
    const { values } = parseArgs({
      options: {
        web: { type: "string", default: "2" },
        workers: { type: "string", default: "1" },
      },
    });
    return { web: count(values.web, 1), workers: count(values.workers, 0) };
  } catch (error) {
    throw new Sorry(
      `${error.message}\nSay how many: npm run cluster -- --web 3 --workers 2 (1 to ${most} web processes, 0 to ${most} workers)`,
      { cause: error },
    );
  }
}

function count(text, least) {
  const number = Number(text);
  if (!Number.isInteger(number) || number < least || number > most) {
    throw new Error(`${text} is no number of processes.`);
  }
  return number;
}

function nameAll(slots) {
  const words = slots.map(
    ({ name, port, running }) =>
      `${name} (${port ? `port ${port}, ` : ""}pid ${running.entry.pid})`,
  );
  return words.join(", ");
}

/** Shows what a process says, and starts it again when it ends by itself. */
async function keepUp(slot) {
  for (;;) {
    showOutput(slot.running);
    const { code, killedBy } = await slot.running.ended;
    if (!isStopping()) {
      console.log(`  ${slot.name} ended (${killedBy ?? `code ${code}`}); starting it again.`);
      await new Promise((resolve) => setTimeout(resolve, 1000));
    }
    if (isStopping()) {
      return;
    }
    await slot.start();
  }
}
