import { serve } from "@/bench/memory/contestant";
import type { Sql } from "@/bench/memory/record";
import { withDatabase } from "@/scripts/setup/database.mjs";
import { ours } from "./ours";

/** The privacy room in a process of its own, with a connection that fills the record, for as long as it lives. */
await withDatabase(process.env["DATABASE_URL"] ?? "", async (client: Sql) => {
  await client.query("SET synchronous_commit = off", []);
  serve(ours(client));
  await new Promise(() => undefined);
});
