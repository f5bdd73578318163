import { createHash, createHmac } from "node:crypto";
import { env } from "@/lib/env";
import { canonical } from "./canonical";
import {
  type LedgerEnd,
  type LedgerFact,
  type LedgerFault,
  LedgerLine,
  type LedgerVerdict,
  type NewFact,
} from "./schema-ledger";
import { signValue, verifySigned } from "./signing";

/** What stands before the first line. */
export const BEGINNING: LedgerEnd = { line: 0, hash: "0".repeat(64) };

/** The erasure ledger was cut off, changed or lost. Nobody is served before it is put back. */
export class LedgerBroken extends Error {
  override readonly name = "LedgerBroken";
  readonly fault: LedgerFault;
  readonly line: number;

  constructor(fault: LedgerFault, line: number) {
    super(
      `The erasure ledger is broken at line ${line} (${fault}). Put its file back from its copy beside the key snapshot.`,
    );
    this.fault = fault;
    this.line = line;
  }
}

/** How the ledger names a person: 64 hex digits, another hash than the pseudonym that logs and receipts show. */
export function personOf(customerId: string): string {
  return hashedId("ledger", customerId);
}

/** How the ledger names a conversation that was removed alone: 64 hex digits. */
export function conversationOf(conversationId: string): string {
  return hashedId("ledger/conversation", conversationId);
}

function hashedId(what: string, id: string): string {
  return createHmac("sha256", env.PEPPER_PSEUDONYM)
    .update(`recollect/1/${what}\0${id}`)
    .digest("hex");
}

function hashOf(line: LedgerLine): string {
  return createHash("sha256").update(canonical(line)).digest("hex");
}

/** Where the ledger ends after this line. */
export function endOf(line: LedgerLine | null): LedgerEnd {
  return line ? { line: line.line, hash: hashOf(line) } : BEGINNING;
}

/** The line that follows `end`, signed. */
export function nextLine(end: LedgerEnd, facts: NewFact): { line: LedgerLine; text: string } {
  const fact: LedgerFact = { ...facts, line: end.line + 1, prev: end.hash };
  const line = { ...fact, ...signValue(fact) };
  return { line, text: `${JSON.stringify(line)}\n` };
}

/** Reads one line of the file. */
export function readLine(text: string, number: number): LedgerLine {
  try {
    return LedgerLine.parse(JSON.parse(text));
  } catch {
    // biome-ignore lint/style/useErrorCause: the parser's message says nothing that the line's number does not.
    throw new LedgerBroken("line_unreadable", number);
  }
}

/**
 * Walks a ledger and gives out its lines after `known`, the end that the database remembers. Throws LedgerBroken where
 * a line is missing, moved, changed or not signed by this installation, and where the file ends before `known` or tells
 * another history up to there. What the database remembers needs no second look at its signatures, unless `all` asks
 * for one; then every line is given out.
 */
export async function* walkLedger(
  lines: AsyncIterable<string> | Iterable<string>,
  known: LedgerEnd = BEGINNING,
  { all = false }: { all?: boolean } = {},
): AsyncGenerator<LedgerLine> {
  let end = BEGINNING;
  for await (const text of lines) {
    const line = readLine(text, end.line + 1);
    requireNext(line, end);
    const isNew = all || line.line > known.line;
    if (isNew && !isGenuine(line)) {
      throw new LedgerBroken("line_forged", line.line);
    }
    end = endOf(line);
    if (end.line === known.line && end.hash !== known.hash) {
      throw new LedgerBroken("history_differs", end.line);
    }
    if (isNew) {
      yield line;
    }
  }
  if (end.line < known.line) {
    throw new LedgerBroken("end_cut_off", end.line + 1);
  }
}

function requireNext(line: LedgerLine, end: LedgerEnd): void {
  if (line.line !== end.line + 1) {
    throw new LedgerBroken("line_missing", end.line + 1);
  }
  if (line.prev !== end.hash) {
    throw new LedgerBroken("link_broken", line.line);
  }
}

function isGenuine({ keyId, signature, ...fact }: LedgerLine): boolean {
  return verifySigned(fact, { keyId, signature });
}

/** Checks a whole ledger, every signature of it, against the end that the database remembers. */
export async function verifyLines(
  lines: AsyncIterable<string> | Iterable<string>,
  known: LedgerEnd,
): Promise<LedgerVerdict> {
  let count = 0;
  try {
    for await (const _ of walkLedger(lines, known, { all: true })) {
      count += 1;
    }
    return { ok: true, lines: count };
  } catch (error) {
    if (error instanceof LedgerBroken) {
      return { ok: false, lines: count, fault: error.fault, line: error.line };
    }
    throw error;
  }
}
