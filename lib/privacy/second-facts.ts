import { env } from "@/lib/env";
import type { SecondBody } from "./schema-receipt";
import type { Receipt } from "./schema-request";
import type { Traces } from "./schema-traces";
import type { Searched } from "./search-traces";
import type { ServerFacts } from "./store-raw";
import type { Swept } from "./sweep";
import { encodings } from "./trace-forms";

type Known = {
  receipt: Receipt;
  traces: Traces | null;
  swept: Swept;
  facts: ServerFacts;
  searched: Searched | null;
};

const MARK_DAYS = 7;
const DAY_MS = 86_400_000;

/** What the second part of a receipt says: what was done, looked for and found, what was not, and what ends later. */
export function secondFacts(known: Known): Omit<SecondBody, "first" | "receiptId" | "version"> {
  const { traces, swept, searched } = known;
  return {
    sweptAt: swept.sweptAt,
    searchedAt: searched?.searchedAt ?? swept.sweptAt,
    lookedFor: {
      values: traces?.values.length ?? 0,
      passages: traces?.passages.length ?? 0,
      ids: traces ? 1 + traces.keyOwners.length + traces.conversationIds.length : 0,
      wrappedKeys: traces?.wrapped.length ?? 0,
      leftOut: traces?.leftOut ?? 0,
      encodings: [...encodings],
    },
    places: searched?.places ?? [],
    done: doneOf(known),
    notDone: notDoneOf(known),
    later: laterOf(known),
  };
}

function doneOf({ swept, searched }: Known): string[] {
  const { rewritten } = swept.tables;
  return [
    `${rewritten.length} tables were written anew with their indexes, so that nothing of removed rows is left in their files: ${rewritten.join(", ")}.`,
    ...(swept.tables.refused.includes("pg_statistic")
      ? []
      : ["PostgreSQL's samples of these tables were taken anew."]),
    ...(swept.logRefused.length > 0
      ? []
      : [
          "PostgreSQL's write-ahead log and its queue of notices were moved on, and segments that wait to be used again were overwritten.",
        ]),
    ...[...new Set(swept.redis)]
      .filter((how) => how === "append-only file" || how === "snapshot")
      .map((how) => `Redis has written its ${how} anew.`),
    ...(searched
      ? [
          "Every table, the names of all keys in Redis and the files named here were searched for the person's values, for words of their messages, for their ids and for their wrapped keys, in every encoding named here.",
        ]
      : []),
    "The key under which this search was kept is destroyed with this signature.",
  ];
}

const OPERATOR =
  "The operator has to name their folders in SERVER_FILES where the product may read them, or to see to it that freed space is overwritten.";

function notDoneOf({ swept, searched, traces, facts }: Known): string[] {
  const { tooLarge, refused } = swept.tables;
  return [
    ...(traces
      ? []
      : [
          "Nothing was searched: what was to be looked for is gone with its key, as after a restore. The stores were searched by the owner's id before the first part was signed.",
        ]),
    ...(searched && !searched.postgres
      ? [
          `PostgreSQL's raw files were not looked at: not on this machine, or not named. ${OPERATOR}`,
        ]
      : []),
    ...(searched && !searched.redis
      ? [`Redis's raw files were not looked at: not on this machine, or not named. ${OPERATOR}`]
      : []),
    ...(tooLarge.length > 0
      ? [
          `Too large to be written anew while people are served: ${tooLarge.join(", ")}. Their freed space may hold ids and sealed bytes, which no key opens, until new rows overwrite it. VACUUM FULL of these tables in a quiet hour ends that.`,
        ]
      : []),
    ...(refused.length > 0
      ? [
          `The database's role may not write anew: ${refused.join(", ")}. Their owner has to run VACUUM FULL.`,
        ]
      : []),
    ...swept.logRefused.map(
      (what) =>
        `The database's role may not use ${what}: old segments of the log stay until the server reuses them. Grant pg_checkpoint and these functions, or run them.`,
    ),
    ...(swept.redis.includes("refused")
      ? ["This Redis does not let us rewrite its files: its operator has to."]
      : []),
    ...(facts.replicas > 0
      ? [`The files of ${facts.replicas} replicas or slots of PostgreSQL were not looked at.`]
      : []),
    "Compressed and encrypted files cannot be searched, and what a file system or a disk has freed and not overwritten is out of a program's reach.",
  ];
}

function laterOf({ receipt, facts }: Known): SecondBody["later"] {
  const gone = new Date(Date.parse(receipt.body.scannedAt) + MARK_DAYS * DAY_MS);
  return [
    {
      where: "Redis",
      what: "marks that the person's conversations are gone, so that nothing late is written: random ids",
      until: gone.toISOString().slice(0, 10),
    },
    {
      where: "Backups",
      what: "rows that no key opens; search hashes are in none",
      until: "as long as the operator keeps them",
    },
    {
      where: "Logs of the product",
      what: "events with ids and pseudonyms, no words",
      until: "as long as the operator's log system keeps them",
    },
    ...(facts.archives
      ? [
          {
            where: "PostgreSQL's archived log",
            what: "sealed rows, ids, keyed hashes of searched words and the wrapped key, which the next rotation of keys closes",
            until:
              "as long as the operator keeps the archive; npm run keys:rotate closes the key at once",
          },
        ]
      : []),
    ...(env.OPENAI_API_KEY
      ? [
          {
            where: `The model's provider (${new URL(env.OPENAI_BASE_URL ?? "https://api.openai.com").host})`,
            what: "requests with placeholders in the place of names, addresses and numbers",
            until: "as the provider's terms say; this installation cannot see it",
          },
        ]
      : []),
    ...(env.SMTP_URL
      ? [
          {
            where: "The operator's mail server",
            what: "that a mail with a link went to the person's address",
            until: "as the operator keeps its logs",
          },
        ]
      : []),
  ];
}
