import fs from "node:fs";
import path from "node:path";
import { z } from "zod";

const Manifest = z.object({
  node: z.record(z.string(), z.object({ filename: z.string(), exportedName: z.string() })),
});

/** The addresses of server actions in one build, by the file that they stand in and their name. */
export type Actions = (file: string, name: string) => string;

/** Reads them from the build itself, which is where a page of that build has them from. */
export function readActions(dist: string): Actions {
  const file = path.join(dist, "server", "server-reference-manifest.json");
  const { node } = Manifest.parse(JSON.parse(fs.readFileSync(file, "utf8")));
  return (filename, name) => {
    const found = Object.entries(node).find(
      ([, action]) => action.filename === filename && action.exportedName === name,
    );
    if (!found) {
      throw new Error(`This build has no action ${name} in ${filename}.`);
    }
    return found[0];
  };
}
