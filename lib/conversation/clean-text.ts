import { Refusal } from "@/lib/errors";
import { MESSAGE_LENGTH_MAX } from "./schema";

/** What a person may have typed: no NUL (PostgreSQL and JSON choke on it), no half characters, no empty or endless text. */
export function cleanText(text: string): string {
  const clean = text
    .replaceAll("\u0000", "")
    .replaceAll(/\p{Surrogate}/gu, "\uFFFD")
    .trim();
  if (clean === "") {
    throw new Refusal("message_empty");
  }
  if (clean.length > MESSAGE_LENGTH_MAX) {
    throw new Refusal("message_too_long");
  }
  return clean;
}
