import "./setup/need-node.mjs";
import fs from "node:fs";
import path from "node:path";
import { createInterface } from "node:readline/promises";
import { givenEnvironment } from "./setup/environment.mjs";
import { end } from "./setup/identity.mjs";
import { main } from "./setup/main.mjs";
import { isRoot, place, root, varFolder } from "./setup/place.mjs";
import { endOrphans, findRun } from "./setup/processes.mjs";
import { Sorry } from "./setup/say.mjs";

/** `npm run reset`: stops what runs from this clone and removes its data; with --secrets, its keys too. */
const words = process.argv.slice(2);
const places = ["demo", "test", "screenshots"].map(place);

await main(async () => {
  const folders = [
    path.join(root, ".data"),
    path.join(root, ".next"),
    path.join(root, ".next-test"),
    ...(isRoot ? [varFolder] : []),
    ...(words.includes("--secrets") ? [path.join(root, ".secrets")] : []),
  ].filter((folder) => fs.existsSync(folder));
  await requireConsent(folders);
  for (const one of places) {
    const running = findRun(one);
    if (running) {
      await end({ ...running.owner, graceMs: 60_000 });
    }
    await endOrphans(one);
  }
  for (const folder of folders) {
    fs.rmSync(folder, { recursive: true, force: true });
    console.log(`  removed ${folder}`);
  }
  sayWhatStays();
});

async function requireConsent(folders) {
  if (words.includes("--yes")) {
    return;
  }
  console.log(
    `\n  This stops Recollect and removes for good:\n${folders.map((folder) => `    ${folder}`).join("\n")}\n`,
  );
  if (!process.stdin.isTTY) {
    throw new Sorry(
      "Nothing was removed: there is no terminal to ask. Say yes beforehand: npm run reset -- --yes",
    );
  }
  const questions = createInterface({ input: process.stdin, output: process.stdout });
  const answer = await questions.question("  Remove it? Type yes: ");
  questions.close();
  if (answer.trim().toLowerCase() !== "yes") {
    throw new Sorry("Nothing was removed.");
  }
}

function sayWhatStays() {
  const { DATABASE_URL, REDIS_URL } = givenEnvironment();
  if (!words.includes("--secrets") && fs.existsSync(path.join(root, ".secrets"))) {
    console.log("  kept .secrets (npm run reset -- --secrets removes the keys too)");
  }
  for (const [name, url] of Object.entries({ DATABASE_URL, REDIS_URL })) {
    if (url) {
      console.log(`  kept the data behind ${name}: that server is yours`);
    }
  }
}
