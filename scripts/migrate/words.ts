import { resolve } from "node:path";
import { parseArgs } from "node:util";
import { z } from "zod";

export const USAGE = `npm run memory:migrate -- --from BACKEND --to BACKEND [--customer ID | --pattern P] [--drop-source] [--json]
  BACKEND    redis, redis://… (another Redis in our layout), postgres, file:FOLDER;
             and, to read from, langchain or langchain+redis://… (lists of RedisChatMessageHistory)
  --customer one customer's conversations; for langchain, whose the lists are
  --pattern  those whose id (for langchain, list key) matches; * stands for any characters, ? for one
  --drop-source  removes each of LangChain's lists, which are clear text, once it was taken over and compared`;

/** Where to read from or write to. */
export type Backend =
  | { kind: "redis"; url: string | undefined }
  | { kind: "postgres" }
  | { kind: "file"; folder: string }
  | { kind: "langchain"; url: string | undefined };

export type Words = {
  from: Backend;
  to: Exclude<Backend, { kind: "langchain" }>;
  customerId: string | undefined;
  pattern: string | undefined;
  dropSource: boolean;
  json: boolean;
  /** Names this migration, so that a run that was stopped is gone on with. */
  name: string;
};

/** The words after `npm run memory:migrate --`, or an error that says what is wrong with them. */
export function readWords(args: readonly string[]): Words {
  const { values } = parseArgs({
    args: [...args],
    options: {
      from: { type: "string" },
      to: { type: "string" },
      customer: { type: "string" },
      pattern: { type: "string" },
      "drop-source": { type: "boolean", default: false },
      json: { type: "boolean", default: false },
    },
  });
  const { from: source, to: target, customer, pattern, json } = values;
  if (source === undefined || target === undefined) {
    throw new Error(USAGE);
  }
  const [from, to] = [backendOf(source), backendOf(target)];
  const dropSource = values["drop-source"];
  if (to.kind === "langchain") {
    throw new Error("LangChain's lists hold clear text, so nothing is written to them.");
  }
  if (JSON.stringify(from) === JSON.stringify(to)) {
    throw new Error("--from and --to name the same backend.");
  }
  if (customer !== undefined && !z.uuid().safeParse(customer).success) {
    throw new Error("--customer takes a customer's id.");
  }
  if (customer !== undefined && pattern !== undefined && from.kind !== "langchain") {
    throw new Error("Give --customer or --pattern, not both.");
  }
  if (dropSource && from.kind !== "langchain") {
    throw new Error("--drop-source is for LangChain's lists. Other copies end by themselves.");
  }
  const name = JSON.stringify([source, target, customer ?? null, pattern ?? null, dropSource]);
  return { from, to, customerId: customer, pattern, dropSource, json, name };
}

function backendOf(word: string): Backend {
  if (word === "process") {
    throw new Error(
      "What a process holds is a copy that ends with it; migrate from redis or postgres instead.",
    );
  }
  if (word === "postgres") {
    return { kind: "postgres" };
  }
  if (word === "redis" || /^rediss?:\/\//.test(word)) {
    return { kind: "redis", url: word === "redis" ? undefined : word };
  }
  if (word === "langchain" || /^langchain\+rediss?:\/\//.test(word)) {
    return {
      kind: "langchain",
      url: word.includes("+") ? word.replace("langchain+", "") : undefined,
    };
  }
  if (/^file:./.test(word)) {
    return { kind: "file", folder: resolve(word.slice("file:".length)) };
  }
  throw new Error(`${word} is no backend.\n${USAGE}`);
}
