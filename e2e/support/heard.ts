import { appendFileSync } from "node:fs";
import path from "node:path";

/** Keeps what a product printed or a model heard, for the look that follows all journeys. */
export function keepHeard(file: string, text: string): void {
  const folder = process.env["HEARD_DIR"];
  if (folder) {
    appendFileSync(path.join(folder, file), text);
  }
}
