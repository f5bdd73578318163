import type { Calls } from "@/lib/conversation/schema";

/** What is new for a lead: a conversation that waits for a person, or a message in one of their own. */
export type News = { kind: "waiting" | "message"; conversationId: string };

/** What stands in `now` and did not stand in `before`. The first look tells what is there, and nothing of it is news. */
export function newsOf(before: Calls | null, now: Calls): News[] {
  if (!before) {
    return [];
  }
  const waiting = now.waiting.filter((id) => !before.waiting.includes(id));
  const messages = now.messages.filter((name) => !before.messages.includes(name));
  return [
    ...waiting.map((conversationId): News => ({ kind: "waiting", conversationId })),
    ...messages.map(
      (name): News => ({ kind: "message", conversationId: name.split(":")[0] ?? "" }),
    ),
  ];
}
