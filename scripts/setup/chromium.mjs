import { node24 } from "./node24.mjs";
import { findProgram, installPackage } from "./package-manager.mjs";
import { root } from "./place.mjs";
import { finish } from "./processes.mjs";
import { Sorry } from "./say.mjs";

const find = () =>
  findProgram("chromium", "chromium-browser", "google-chrome", "google-chrome-stable");

/**
 * The variables that make Playwright use this machine's Chromium: the one on the path, else the system's package,
 * else Playwright's own download (which needs no variable).
 */
export async function chromium(note) {
  const there = process.env.CHROMIUM_PATH || find();
  if (there) {
    note(there);
    return { CHROMIUM_PATH: there };
  }
  const problem = await installPackage({ apt: "chromium", brew: "chromium" });
  const installed = find();
  if (installed) {
    note(`installed ${installed}`);
    return { CHROMIUM_PATH: installed };
  }
  try {
    await finish(
      "playwright install",
      node24(),
      ["node_modules/@playwright/test/cli.js", "install", "chromium"],
      {
        cwd: root,
      },
    );
  } catch (error) {
    throw new Sorry(
      `There is no Chromium for the journeys, and none could be installed (${problem ?? "the package brought none"}; ${error.message}). Install it (sudo apt-get install chromium) or name it: CHROMIUM_PATH=/path/to/chrome npm test`,
      { cause: error },
    );
  }
  note("Playwright's own");
  return {};
}
