import "./setup/need-node.mjs";
import { parseArgs } from "node:util";
import { givenEnvironment } from "./setup/environment.mjs";
import { main } from "./setup/main.mjs";
import { place } from "./setup/place.mjs";
import { findRun } from "./setup/processes.mjs";
import { applyGrants, describeDatabase, grantsFor } from "./setup/roles.mjs";
import { Sorry } from "./setup/say.mjs";

/**
 * `npm run db:roles -- --role NAME [--apply]`: prints, or applies, what a role needs that serves the product and cannot
 * change what the audit log and receipts say. DATABASE_URL is the owner's; the role's is for web and worker processes.
 */
await main(async () => {
  const { role, apply } = readWords();
  const url = givenEnvironment().DATABASE_URL ?? findRun(place("demo"))?.services?.DATABASE_URL;
  if (!url) {
    throw new Sorry("Set DATABASE_URL to the database, as its owner, or start the product first.");
  }
  const grants = grantsFor(role, await describeDatabase(url));
  if (!apply) {
    const all = [...grants.needed, "-- For the second stage of erasures", ...grants.sweeping];
    console.log(all.map((each) => (each.startsWith("--") ? each : `${each};`)).join("\n"));
    return 0;
  }
  const refused = await applyGrants(url, grants);
  console.log(
    `The role ${role} serves the product from now on and cannot change audit entries or receipts. Give it a password (ALTER ROLE), put it into the DATABASE_URL of web and worker, and keep the owner's for deploys; run this again after each.`,
  );
  for (const each of refused) {
    console.log(`  Not ours to grant, receipts will say so: ${each}`);
  }
  return 0;
});

function readWords() {
  try {
    const { values } = parseArgs({
      options: { role: { type: "string" }, apply: { type: "boolean", default: false } },
    });
    if (!/^[a-z_][a-z0-9_]{0,62}$/.test(values.role ?? "")) {
      throw new Error("Name the role in lower case: --role recollect_app");
    }
    return values;
  } catch (error) {
    throw new Sorry(`${error.message}\n  npm run db:roles -- --role NAME [--apply]`, {
      cause: error,
    });
  }
}
