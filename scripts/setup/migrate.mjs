import path from "node:path";
import { node24 } from "./node24.mjs";
import { root } from "./place.mjs";
import { finish } from "./processes.mjs";

/** Runs Prisma's schema engine (WebAssembly) on a database: `deploy`, `drift` or `new NAME`. Returns what it printed. */
export async function schemaEngine(url, ...words) {
  const program = path.join("scripts", "setup", "schema-engine.mjs");
  return await finish("The migration", node24(), [program, ...words], {
    cwd: root,
    env: { ...process.env, DATABASE_URL: url },
  });
}
