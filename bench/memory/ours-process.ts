import { withDatabase } from "@/scripts/setup/database.mjs";
import { serve } from "./contestant";
import { ours } from "./ours";
import type { Sql } from "./record";
import { RedisLine } from "./redis-line";

/** Our memory in a process of its own. One connection writes the record, for as long as the process lives. */
await withDatabase(process.env["DATABASE_URL"] ?? "", async (client: Sql) => {
  await client.query("SET synchronous_commit = off", []);
  const redis = new RedisLine(new URL(process.env["REDIS_URL"] ?? ""));
  serve(ours({ sql: client, redis, readsRecord: process.env["BENCH_READS_RECORD"] === "1" }));
  await new Promise(() => undefined);
});
