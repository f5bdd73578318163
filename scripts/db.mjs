import "./setup/need-node.mjs";
import { createDatabase } from "./setup/database.mjs";
import { givenEnvironment } from "./setup/environment.mjs";
import { install } from "./setup/install.mjs";
import { main } from "./setup/main.mjs";
import { schemaEngine } from "./setup/migrate.mjs";
import { place } from "./setup/place.mjs";
import { startPostgres } from "./setup/postgres.mjs";
import { claimPlace, findRun } from "./setup/processes.mjs";
import { Sorry, step } from "./setup/say.mjs";

/** `npm run db:new -- NAME`, `db:deploy`, `db:drift`: on DATABASE_URL, the running product's database, or one started for it. */
await main(async () => {
  const [verb, name] = process.argv.slice(2);
  requireVerb(verb, name);
  const url = await databaseUrl(`npm run db:${verb}`);
  const said = (await schemaEngine(url, verb, ...(name ? [name] : []))).trim();
  if (verb === "drift") {
    console.log(said || "The migrations lead exactly to prisma/schema.prisma.");
    return said ? 1 : 0;
  }
  console.log(
    verb === "deploy" ? `Applied: ${said.split("\n").join(", ") || "nothing new"}` : said,
  );
  return 0;
});

function requireVerb(verb, name) {
  if (!["new", "deploy", "drift"].includes(verb)) {
    throw new Sorry(
      "Say what to do: npm run db:new -- NAME, npm run db:deploy, or npm run db:drift",
    );
  }
  if (verb === "new" && !/^[a-z][a-z0-9_]*$/.test(name ?? "")) {
    throw new Sorry(
      "Name the migration in lower case with underscores: npm run db:new -- add_order_notes",
    );
  }
}

async function databaseUrl(what) {
  const given = givenEnvironment().DATABASE_URL;
  const running = findRun(place("demo"))?.services?.DATABASE_URL;
  if (given || running) {
    return given ?? running;
  }
  await claimPlace(place("demo"), what);
  await step("Dependencies", install);
  return await step("PostgreSQL", async () =>
    createDatabase(await startPostgres(place("demo")), "recollect"),
  );
}
