import fs from "node:fs";
import path from "node:path";
import { node24 } from "./node24.mjs";
import { root } from "./place.mjs";
import { finish } from "./processes.mjs";
import { hashOf } from "./tree.mjs";

const folder = path.join(root, "lib", "storage", "generated");
const stamp = path.join(folder, ".made-from");

/** Writes Prisma's client anew when the schema or Prisma itself has changed. */
export async function generateClient(note) {
  const wanted = hashOf([
    "prisma/schema.prisma",
    "prisma.config.ts",
    "node_modules/prisma/package.json",
  ]);
  if (fs.existsSync(stamp) && fs.readFileSync(stamp, "utf8") === wanted) {
    note("unchanged");
    return;
  }
  await finish("prisma generate", node24(), ["node_modules/prisma/build/index.js", "generate"], {
    cwd: root,
    env: {
      ...process.env,
      // The command line insists on a native engine, which it would download; generating never runs it.
      PRISMA_SCHEMA_ENGINE_BINARY: path.join(root, "package.json"),
      CHECKPOINT_DISABLE: "1",
      PRISMA_HIDE_UPDATE_MESSAGE: "1",
    },
  });
  fs.writeFileSync(stamp, wanted);
  note("generated");
}
