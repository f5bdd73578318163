import "./setup/need-node.mjs";
import { givenEnvironment } from "./setup/environment.mjs";
import { main, settle } from "./setup/main.mjs";
import { node24, tsx } from "./setup/node24.mjs";
import { place, root } from "./setup/place.mjs";
import { launch } from "./setup/processes.mjs";
import { Sorry } from "./setup/say.mjs";
import { withProduct } from "./setup/with-product.mjs";

/**
 * Runs a TypeScript file of the product outside Next: `node scripts/run.mjs FILE [words]`. Borrows the services of a
 * running `npm start`, else starts them for as long as the file runs.
 */
await main(async () => {
  const [file, ...words] = process.argv.slice(2);
  if (!file) {
    throw new Sorry(
      "Name the file to run: node scripts/run.mjs scripts/user.ts add you@example.com --role admin",
    );
  }
  const what = process.env.npm_lifecycle_event
    ? `npm run ${process.env.npm_lifecycle_event}`
    : file;
  const environment = await withProduct(place("demo"), givenEnvironment(), what);
  settle();
  const { ended } = launch(file, node24(), [...tsx(file), ...words], {
    cwd: root,
    env: environment,
    stdio: "inherit",
    graceMs: 30_000,
  });
  const { code, error } = await ended;
  if (error) {
    throw error;
  }
  return code ?? 1;
});
