import "./setup/need-node.mjs";
import { givenEnvironment } from "./setup/environment.mjs";
import { main, settle } from "./setup/main.mjs";
import { node24, tsx } from "./setup/node24.mjs";
import { place, root } from "./setup/place.mjs";
import { launch } from "./setup/processes.mjs";
import { withProduct } from "./setup/with-product.mjs";

/**
 * `npm run ledger:accept [-- --yes]`: goes on without a lost erasure ledger. The only command that starts without it;
 * what it does stands in lib/privacy.
 */
await main(async () => {
  const given = givenEnvironment();
  const options = { withoutLedger: true };
  const environment = await withProduct(place("demo"), given, "npm run ledger:accept", options);
  settle();
  const words = [...tsx("scripts/ledger-accept.ts"), ...process.argv.slice(2)];
  const { ended } = launch("ledger:accept", node24(), words, {
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
