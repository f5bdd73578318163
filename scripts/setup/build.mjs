import fs from "node:fs";
import path from "node:path";
import { node24 } from "./node24.mjs";
import { readJson, root } from "./place.mjs";
import { finish } from "./processes.mjs";
import { hashOf } from "./tree.mjs";

const sources = [
  "app",
  "components",
  "lib",
  "public",
  "prisma/schema.prisma",
  "instrumentation.ts",
  "proxy.ts",
  "next.config.js",
  "postcss.config.mjs",
  "package-lock.json",
];
/** Variables that a build bakes in. */
const baked = ["PUBLIC_URL", "NEXT_SERVER_ACTIONS_ENCRYPTION_KEY"];
const isTest = (file) =>
  /\.test\.tsx?$/.test(file) || file === path.join("lib", "storage", "generated");

const stampOf = (place) => path.join(root, place.dist, "built-from.json");

/** Runs `next build`. Needs neither a database nor Redis. */
export async function build(place, environment) {
  const wanted = wantedBuild(environment);
  fs.rmSync(stampOf(place), { force: true });
  await finish("next build", node24(), ["node_modules/next/dist/bin/next", "build"], {
    cwd: root,
    env: buildEnvironment(place, environment),
  });
  fs.writeFileSync(stampOf(place), JSON.stringify({ hash: wanted }));
}

const wantedBuild = (environment) =>
  hashOf(
    sources,
    baked.map((name) => environment[name] ?? ""),
    { skip: isTest },
  );

const buildEnvironment = (place, environment) => ({
  ...environment,
  NODE_ENV: "production",
  NEXT_DIST_DIR: place.dist,
  NEXT_TELEMETRY_DISABLED: "1",
});

/** Builds only when something that goes into the build has changed since the last whole one. */
export async function buildWhenChanged(place, environment, note) {
  const stamp = fs.existsSync(stampOf(place)) ? readJson(stampOf(place)) : null;
  if (stamp?.hash === wantedBuild(environment)) {
    note("unchanged");
    return;
  }
  await build(place, environment);
  note("built");
}
