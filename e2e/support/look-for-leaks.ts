import { existsSync } from "node:fs";
import {
  everyday,
  everythingHeldInRedis,
  everythingInDatabase,
  everythingInFiles,
  findLeaks,
  planted,
} from "@/e2e/support/leak";

/**
 * After all journeys: nothing that their customers said about themselves stands in what products printed and models
 * heard (HEARD_DIR), nor in the database and the Redis of the run.
 */
// biome-ignore lint/style/noDefaultExport: Playwright calls a teardown by its default export.
export default async function lookForLeaks(): Promise<void> {
  const heard = process.env["HEARD_DIR"] ?? "";
  const database = process.env["DATABASE_URL"] ?? "";
  const places = [
    ...(existsSync(heard) ? await everythingInFiles(heard) : []),
    ...(database ? await everythingInDatabase(database) : []),
    ...(process.env["REDIS_URL"] ? await everythingHeldInRedis() : []),
  ];
  const leaks = findLeaks({ ...planted, ...everyday }, places);
  if (leaks.length > 0) {
    throw new Error(`Personal data was left in the clear:\n${leaks.join("\n")}`);
  }
}
