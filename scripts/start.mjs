import "./setup/need-node.mjs";
import { block } from "./setup/block.mjs";
import { bringUp } from "./setup/bring-up.mjs";
import { isStopping, main, settle } from "./setup/main.mjs";
import { place } from "./setup/place.mjs";
import { explain, Sorry, step } from "./setup/say.mjs";
import { serveWeb, showOutput } from "./setup/web.mjs";

/** `npm start` and, with --dev, `npm run dev`: prepares whatever is missing, serves, and stops what it started. */
const dev = process.argv.includes("--dev");
const demo = place("demo");

await main(async () => {
  const { given, port, host, checked, environment, seeded, address } = await bringUp(demo, {
    what: dev ? "npm run dev" : "npm start",
    dev,
  });
  const web = await step("Web", () =>
    serveWeb({ place: demo, environment, port, host, verb: dev ? "dev" : "start" }),
  );
  console.log(
    block({ address, checked, given, seeded, place: demo, host, worker: checked.WORKER }),
  );
  settle();
  showOutput(web);
  return await outcome(web);
});

async function outcome(web) {
  const { code, killedBy } = await web.ended;
  if (isStopping()) {
    return 0;
  }
  console.error(
    explain(new Sorry(`\n  The web process ended by itself (${killedBy ?? `code ${code}`}).`)),
  );
  return 1;
}
