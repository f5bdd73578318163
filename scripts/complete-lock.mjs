import fs from "node:fs";
import path from "node:path";
import { completeLock, findGaps } from "./setup/lock.mjs";
import { root } from "./setup/place.mjs";

/** `npm run lock`, after a change of dependencies: makes package-lock.json good for `npm ci` on every platform. */
const file = path.join(root, "package-lock.json");
const lock = JSON.parse(fs.readFileSync(file, "utf8"));
const gaps = findGaps(lock.packages);
fs.writeFileSync(file, `${JSON.stringify(completeLock(lock), null, 2)}\n`);
console.log(
  gaps.length === 0
    ? "The lock was complete."
    : `Added:\n  ${gaps.map(({ name, version }) => `${name}@${version}`).join("\n  ")}`,
);
