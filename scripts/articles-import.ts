import { parseArgs } from "node:util";
import {
  ArticleAudience,
  ArticleCategory,
  ArticleLanguage,
  audienceNames,
  ImportOptions,
  type ImportResult,
} from "@/lib/knowledge/schema";
import { importFolder } from "./import/import-folder";
import { startBar } from "./migrate/bar";

const USAGE = `npm run articles:import -- PATH [--category NAME] [--language CODE] [--readers WHO] [--publish] [--json]

PATH is a Markdown, HTML or PDF file, or a folder of them. Without --publish they become drafts.
What a file says of itself (title, category, language, audience between two lines of dashes) counts more than these:
  --category  ${ArticleCategory.options.join(" | ")}
  --language  ${ArticleLanguage.options.join(" | ")}
  --readers   ${ArticleAudience.options.map((name) => `${name} (${audienceNames[name]})`).join(" | ")}`;

function readWords() {
  const { positionals, values } = parseArgs({
    allowPositionals: true,
    options: {
      category: { type: "string" },
      language: { type: "string" },
      readers: { type: "string" },
      publish: { type: "boolean", default: false },
      json: { type: "boolean", default: false },
    },
  });
  const options = ImportOptions.safeParse({
    category: values.category,
    locale: values.language,
    audience: values.readers,
    publish: values.publish,
  });
  const [place, ...more] = positionals;
  return place && more.length === 0 && options.success
    ? { place, options: options.data, json: values.json }
    : null;
}

function tell(results: readonly ImportResult[], json: boolean): void {
  for (const result of results) {
    if (result.outcome === "failed") {
      console.error(`  ${result.path}: ${result.why}`);
    }
  }
  const count = (outcome: ImportResult["outcome"]) =>
    results.filter((result) => result.outcome === outcome).length;
  const total = {
    total: results.length,
    new: count("new"),
    changed: count("changed"),
    same: count("same"),
    failed: count("failed"),
  };
  console.log(JSON.stringify(json ? { ...total, results } : total));
}

try {
  const words = readWords();
  if (!words) {
    console.error(USAGE);
    process.exit(2);
  }
  const { place, options, json } = words;
  const results = await importFolder("system", place, options, startBar(process.stderr));
  tell(results, json);
  process.exit(results.some(({ outcome }) => outcome === "failed") ? 1 : 0);
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exit(1);
}
