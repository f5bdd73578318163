import type { ConversationParts } from "@/lib/privacy/schema";

/** "3 messages", or nothing where there are none. */
function some(count: number, one: string, many: string): string | null {
  return count === 0 ? null : `${count.toLocaleString("en")} ${count === 1 ? one : many}`;
}

/** What a customer loses with a conversation, line by line. */
export function deletionLines(parts: ConversationParts): (string | null)[] {
  return [
    some(parts.messages, "message", "messages"),
    some(
      parts.summaries,
      "summary that our team reads",
      "versions of the summary that our team reads",
    ),
    "What the assistant remembers of it, and every copy of that",
    some(
      parts.facts,
      "thing that the assistant learned about you from it",
      "things that the assistant learned about you from it",
    ),
    some(parts.ratings, "rating", "ratings"),
    some(parts.handOffs, "request for a person", "requests for a person"),
    some(parts.proposals, "offer to change something", "offers to change something"),
    some(
      parts.exports,
      "copy of your data that was made before, since it stands in it",
      "copies of your data that were made before, since it stands in them",
    ),
    "Its place in our search",
  ];
}

/** What the AI loses with its memory of a conversation, line by line, for staff. */
export function clearingLines(parts: ConversationParts): (string | null)[] {
  return [
    some(
      parts.remembered,
      "message or look-up that it does not read any more",
      "messages and look-ups that it does not read any more",
    ) ?? "No message: it reads none of them any more",
    "Its running summary, exact values and relations, with all copies",
    some(parts.summaries, "version of the case summary", "versions of the case summary"),
    some(
      parts.facts,
      "fact about the customer that came from here",
      "facts about the customer that came from here",
    ),
    "These messages’ place in the search",
  ];
}
