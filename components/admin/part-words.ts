import type { PartState } from "@/lib/health/schema";

/** The parts of an installation as the status page names them. */
export const partNames: Record<string, string> = {
  postgres: "PostgreSQL",
  redis: "Redis",
  workers: "Workers",
  disk: "Disk",
  model: "Language model",
  model_second: "Second language model",
  mail: "Mail",
  keys: "Keys and erasure ledger",
  memory: "Stores of memory",
};

type Words = Partial<Record<PartState, string>>;

const words: Record<string, Words> = {
  redis: {
    up: "Words of an answer appear as they are written.",
    partly: "Some processes cannot reach it: chats there are slower.",
    down: "Chats go on from the database, slower, and answers appear whole.",
  },
  workers: {
    up: "Background work is done: summaries, memory, exports, erasures.",
    down: "No process works jobs: summaries, exports and erasures wait.",
  },
  model: {
    up: "It answered last time.",
    partly: "Some processes cannot reach it: answers there are the built-in assistant's.",
    down: "The second model answers in its place, else the built-in assistant, which offers a person.",
    off: "The built-in assistant answers: it looks things up and quotes them.",
    unknown: "Nobody has asked it since the processes started.",
  },
  model_second: {
    up: "Stands in when the first one fails.",
    partly: "Some processes cannot reach it.",
    down: "Could not stand in if the first one failed.",
    unknown: "Stands in when the first one fails.",
  },
  mail: {
    up: "Customers who left an address hear of an answer.",
    partly: "Some processes cannot send: those mails are tried again.",
    down: "Mails are not accepted, and are tried again.",
    off: "Without it nobody is written to: set SMTP_URL.",
    unknown: "Nothing was sent since the processes started.",
  },
  memory: {
    up: "The last check wrote, read and deleted in both.",
    partly: "Redis does not take or give back what is written: turns read the database, slower.",
    down: "The database does not take or give back what is written: nothing new is folded.",
    unknown: "Checked within a minute of a process's start.",
  },
  keys: {
    up: "The erasure ledger agrees with the database.",
    partly: "Some processes open nothing: their log says why.",
    down: "Nobody's data is opened: the erasure ledger is broken or missing, or a restore was not ended. The log says which.",
  },
};

/** What the state of a part means for customers and staff. */
export function partWords(part: string, state: PartState): string {
  return words[part]?.[state] ?? "";
}
