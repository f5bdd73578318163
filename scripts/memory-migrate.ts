import { readRecord } from "@/lib/agent";
import { closeConnections } from "@/lib/health";
import {
  FileSide,
  type MoveResult,
  type MoveSide,
  migrateMemories,
  PostgresSide,
  RedisSide,
} from "@/lib/memory";
import { startBar } from "@/scripts/migrate/bar";
import { migrateHistories } from "@/scripts/migrate/histories";
import { readWords, type Words } from "@/scripts/migrate/words";

/** `npm run memory:migrate`: memories from one backend to another, compared after the move; run again, it goes on. */
const stop = new AbortController();
process.once("SIGINT", () => stop.abort());
process.once("SIGTERM", () => stop.abort());

try {
  const words = readWords(process.argv.slice(2));
  const result = await run(words);
  tell(words, result);
  await closeConnections();
  process.exit(exitCode(result));
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exit(1);
}

async function run(words: Words): Promise<MoveResult> {
  const { name, customerId, pattern, dropSource } = words;
  const options = {
    name,
    selection: { customerId, pattern },
    progress: startBar(process.stderr),
    signal: stop.signal,
  };
  const to = sideOf(words.to);
  try {
    if (words.from.kind === "langchain") {
      return await migrateHistories({ url: words.from.url, to, dropSource }, options);
    }
    const from = sideOf(words.from);
    try {
      return await migrateMemories({ from, to }, options);
    } finally {
      from.close();
    }
  } finally {
    to.close();
  }
}

function sideOf(backend: Words["to"]): MoveSide {
  switch (backend.kind) {
    case "redis":
      return new RedisSide(backend.url);
    case "postgres":
      return new PostgresSide(readRecord);
    case "file":
      return new FileSide(backend.folder);
  }
}

function tell({ from, dropSource, json }: Words, result: MoveResult): void {
  const { total, migrated, failed, failures, interrupted } = result;
  for (const { key, reason } of failures) {
    console.error(`  ${key}: ${reason}`);
  }
  if (interrupted) {
    console.error(
      "It was stopped before the end. The same command goes on from here within a day.",
    );
  }
  if (from.kind === "langchain" && !dropSource && migrated > 0) {
    console.error(
      "LangChain's lists are still in Redis, in clear text. The same command with --drop-source removes them.",
    );
  }
  console.log(
    JSON.stringify(json ? { total, migrated, failed, failures } : { total, migrated, failed }),
  );
}

function exitCode({ failed, interrupted }: MoveResult): number {
  if (interrupted) {
    return 130;
  }
  return failed > 0 ? 1 : 0;
}
