import { createHash, createHmac, randomBytes, randomInt, timingSafeEqual } from "node:crypto";
import { env } from "@/lib/env";
import { Refusal } from "@/lib/errors";
import { newId } from "@/lib/id";
import { audit } from "./audit";
import { type ExportDownload, openExport } from "./export";
import { inTransaction } from "./store-erase";
import { findRequestRow } from "./store-request";
import { findLink, insertLink, redeemLink, tryLink } from "./store-request-link";

/** Wrong codes after which a link opens nothing any more. */
const TRIES_MAX = 5;
const CODE_DIGITS = 8;

/** The token is 256 random bits, so that a plain hash cannot be tried backwards. */
function hashOf(token: string): string {
  return createHash("sha256").update(token).digest("hex");
}

// The code is short, so that its hash is keyed; and bound to its link.
function macOf(linkId: string, code: string): string {
  const digits = code.replaceAll(/\D/g, "");
  return createHmac("sha256", env.PEPPER_INDEX)
    .update(`recollect/1/answer-code\0${linkId}\0${digits}`)
    .digest("hex");
}

/** A link and its code, to be given to somebody by two different ways. Both are shown once. */
export type AnswerLink = { token: string; code: string; expiresAt: string };

/**
 * Makes a link that opens a finished export, once, for somebody who has no account: link and code together, until the
 * file expires. A new one ends the ones before it. `request_state` while there is no file.
 */
export async function makeAnswerLink(
  admin: { id: string },
  requestId: string,
): Promise<AnswerLink> {
  const request = await findRequestRow(requestId);
  if (!request) {
    throw new Refusal("not_found");
  }
  const { customerId, download, kind } = request;
  if (!(customerId && download)) {
    throw new Refusal("request_state");
  }
  const id = newId();
  const token = randomBytes(32).toString("base64url");
  const code = String(randomInt(10 ** CODE_DIGITS)).padStart(CODE_DIGITS, "0");
  const expiresAt = new Date(download.expiresAt);
  await inTransaction(async (tx) => {
    const hashes = { tokenHash: hashOf(token), codeMac: macOf(id, code) };
    await insertLink({ id, requestId, customerId, expiresAt, ...hashes }, tx);
    const metadata = { requestId, kind };
    await audit(tx, { actor: admin.id, customerId, action: "request_link_made", metadata });
  });
  return { token, code, expiresAt: download.expiresAt };
}

/** Whether a link may still be opened; what it opens is not told without its code. */
export async function isAnswerOpen(token: string, now = new Date()): Promise<boolean> {
  const link = await findLink(hashOf(token));
  return link !== null && !isOver(link, now);
}

type Link = NonNullable<Awaited<ReturnType<typeof findLink>>>;

function isOver({ usedAt, expiresAt, tries }: Link, now: Date): boolean {
  return usedAt !== null || expiresAt <= now || tries >= TRIES_MAX;
}

/**
 * Opens an answer by link and code, once. `code_wrong` counts, and the fifth ends the link; whatever is over, used or
 * unknown is `link_over`.
 */
export async function openAnswer(
  token: string,
  code: string,
  now = new Date(),
): Promise<ExportDownload> {
  const outcome = await inTransaction(async (tx) => {
    const link = await findLink(hashOf(token), tx);
    if (!link || isOver(link, now)) {
      return "over";
    }
    if (!timingSafeEqual(Buffer.from(macOf(link.id, code)), Buffer.from(link.codeMac))) {
      await tryLink(link.id, tx);
      return "wrong";
    }
    await redeemLink(link.id, now, tx);
    const { requestId, customerId } = link;
    const metadata = { requestId };
    await audit(tx, { actor: "customer", customerId, action: "request_link_used", metadata });
    return link;
  });
  if (typeof outcome === "string") {
    throw new Refusal(outcome === "wrong" ? "code_wrong" : "link_over");
  }
  return await openExport(outcome.requestId, { kind: "customer", id: outcome.customerId }, now);
}
