import { createHash } from "node:crypto";
import fs from "node:fs";
import path from "node:path";
import { root } from "./place.mjs";

/** One hash over files and folders of the clone (missing ones count as missing) and further words. */
export function hashOf(paths, words = [], { skip = () => false } = {}) {
  const hash = createHash("sha256");
  const add = (relative) => {
    const full = path.join(root, relative);
    const stat = fs.statSync(full, { throwIfNoEntry: false });
    if (!stat || skip(relative)) {
      return;
    }
    if (stat.isDirectory()) {
      for (const name of fs.readdirSync(full).sort()) {
        add(path.join(relative, name));
      }
    } else {
      hash.update(`${relative}\0${stat.size}\0`).update(fs.readFileSync(full));
    }
  };
  for (const one of paths) {
    add(one);
  }
  return hash.update(JSON.stringify(words)).digest("hex");
}
