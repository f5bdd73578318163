import { parseArgs } from "node:util";
import { reindexMessages } from "@/lib/conversation";
import { appendAudit, ImportRefused, importExport } from "@/lib/privacy";
import { reindexSummaries } from "@/lib/summary";

const USAGE = "npm run import -- FILE";

/** `npm run import -- FILE`: one person's export, as they downloaded it, into an installation that knows nothing of them. */
let written = false;
try {
  const [file] = parseArgs({ allowPositionals: true }).positionals;
  if (!file) {
    throw new ImportRefused(`Name the ZIP: ${USAGE}`);
  }
  const began = performance.now();
  const { records, left, exportedAt, email } = await importExport(file);
  written = true;
  const indexed = (await drained(reindexMessages())) + (await drained(reindexSummaries()));
  await appendAudit();
  const counts = records
    .filter(({ count }) => count > 0)
    .map(({ name, count }) => `${name} ${count}`);
  console.log(`
  The export of ${exportedAt} is imported: ${counts.join(", ")}.
  Left where they belong: ${left.join(", ")}. ${indexed} texts can be searched.
  ${email ? "Passwords are in no export. To let them sign in: npm run user -- password EMAIL" : "They were a guest: nobody can sign in as them."}
  ${((performance.now() - began) / 1000).toFixed(1)} s.`);
  process.exit(0);
} catch (error) {
  console.error(error instanceof ImportRefused ? error.message : error);
  console.error(
    written
      ? "The data is imported; what comes after it was not finished. Search words are made anew by the next restore or import."
      : "Nothing was imported.",
  );
  process.exit(1);
}

async function drained(counts: AsyncIterable<number>): Promise<number> {
  let last = 0;
  for await (const count of counts) {
    last = count;
  }
  return last;
}
