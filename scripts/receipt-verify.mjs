import "./setup/need-node.mjs";
import path from "node:path";
import { givenEnvironment, placeholders } from "./setup/environment.mjs";
import { generateClient } from "./setup/generate.mjs";
import { isInstalled } from "./setup/install.mjs";
import { main, settle } from "./setup/main.mjs";
import { node24, tsx } from "./setup/node24.mjs";
import { place, root } from "./setup/place.mjs";
import { launch } from "./setup/processes.mjs";
import { Sorry } from "./setup/say.mjs";

/**
 * `npm run receipt:verify -- FILE [--key PEM]` and `npm run receipt:verify -- --print-key`: checks a receipt with no
 * database or server. The environment leads nowhere; only this installation's own key is looked for where it lies.
 */
await main(async () => {
  if (!isInstalled()) {
    throw new Sorry("The dependencies are not installed yet: npm install, then this again.");
  }
  await generateClient(() => undefined);
  const given = givenEnvironment();
  const own = given.KEYS_DIR || given.KEYRING_FILE ? {} : { KEYS_DIR: place("demo").secrets };
  settle();
  const { ended } = launch(
    "receipt:verify",
    node24(),
    [...tsx("scripts/verify/receipt.ts"), ...words()],
    {
      cwd: root,
      env: { ...given, ...placeholders, ...own },
      stdio: "inherit",
    },
  );
  const { code, error } = await ended;
  if (error) {
    throw error;
  }
  return code ?? 1;
});

/** Files are named from where the command was typed. */
function words() {
  const from = process.env.INIT_CWD || process.cwd();
  return process.argv
    .slice(2)
    .map((word) => (word.startsWith("--") ? word : path.resolve(from, word)));
}
