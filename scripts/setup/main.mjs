import { endAll } from "./processes.mjs";
import { explain } from "./say.mjs";

const exits = { SIGINT: 130, SIGTERM: 143, SIGHUP: 129 };
let stopping = null;
let settled = false;

function stop(code) {
  stopping ??= endAll().then(
    () => process.exit(code),
    (error) => {
      console.error(explain(error));
      process.exit(1);
    },
  );
  return stopping;
}

/** From here on a Ctrl-C is the ordinary end of the command and no failure. */
export function settle() {
  settled = true;
}

/** Whether the command is ending already: a child that ends now does so because it was told to. */
export const isStopping = () => stopping !== null;

/** When npm itself is killed, nobody would be left to press Ctrl-C for this process: it ends with its parent. */
function endWithParent() {
  if (process.env.npm_lifecycle_event) {
    const parent = process.ppid;
    setInterval(() => {
      if (process.ppid !== parent) {
        void stop(1);
      }
    }, 1000).unref();
  }
}

/**
 * Runs a command: shows its failure as a sentence, and stops everything it started however it ends.
 * `work` resolves to the exit code.
 */
export async function main(work) {
  for (const [signal, code] of Object.entries(exits)) {
    process.on(signal, () => {
      if (!stopping) {
        console.log("\n  Stopping …");
      }
      void stop(settled ? 0 : code);
    });
  }
  endWithParent();
  try {
    await stop((await work()) ?? 0);
  } catch (error) {
    if (!stopping) {
      console.error(`\n${explain(error)}\n`);
    }
    await stop(1);
  }
}
