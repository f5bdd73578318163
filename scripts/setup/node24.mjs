import fs from "node:fs";
import path from "node:path";
import { root } from "./place.mjs";
import { Sorry } from "./say.mjs";

const bin = path.join(root, "node_modules", ".bin");

/** The Node that runs the product: 24 from node_modules where npm carries it (Linux), else the machine's if it will do. */
export function node24() {
  const carried = path.join(bin, "node");
  if (fs.existsSync(carried)) {
    return carried;
  }
  const major = Number(process.versions.node.split(".")[0]);
  if (major < 22) {
    throw new Sorry(
      `Recollect runs on Node 22 or newer. npm brings Node 24 along on Linux (x64, arm64); on ${process.platform} ${process.arch} it cannot, and this machine's Node is ${process.versions.node}. Install Node 24 (https://nodejs.org) and run the same command again.`,
    );
  }
  return process.execPath;
}

/** PATH with that Node first, for programs that start programs. */
export const pathWithNode24 = () => `${bin}${path.delimiter}${process.env.PATH ?? ""}`;

/** The words that run a TypeScript file outside Next: `server-only` is empty under this condition. */
export const tsx = (file) => ["--conditions=react-server", "--import", "tsx", file];
