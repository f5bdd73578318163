import { createHash } from "node:crypto";
import type { ConsentText } from "./schema";

// A change of a word here is a new version: everybody is asked again before their next message.
const VERSION = 2;
const TITLE = "Before you write";
const POINTS = [
  "An AI answers you here. It can be wrong. You can ask for a person at any time.",
  "We keep this conversation, encrypted under a key of your own, so that you need not repeat yourself. Guests' conversations are kept for 30 days after the last message, registered customers' for 90.",
  "Names, postal addresses, e-mail addresses, phone, bank and card numbers that we recognise are taken out before the AI reads your message. Card numbers are not kept at all.",
  "You can see, correct and forget what is remembered, download your data, or have it erased.",
];
const HASH = createHash("sha256")
  .update(JSON.stringify([VERSION, TITLE, POINTS]))
  .digest("hex");

/** The words a customer agrees to, with the hash that proves which words they were. */
export function currentConsentText(): ConsentText {
  return { version: VERSION, hash: HASH, title: TITLE, points: POINTS };
}
