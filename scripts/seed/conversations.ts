import { createHash } from "node:crypto";
import { runTurn } from "@/lib/agent";
import type { CustomerCaller } from "@/lib/auth/schema";
import { acceptMessage, claimTurn, findOwnConversation } from "@/lib/conversation";

const mayaTalks = [
  [
    "Hi, I'm Maya. Where is my order 12345?",
    "Why is it held at customs, do I have to pay something?",
    "Thank you, that helps!",
  ],
  [
    "Hello! I am looking for a warm sleeping bag for a trip to Norway in September.",
    "How should I wash a down sleeping bag?",
  ],
];
const jonasTalks = [
  [
    "Good morning, my trail shoes were too small and I sent them back. When do I get my money back?",
    "It is order ORD-398820.",
    "I would rather talk to a person about the refund.",
  ],
  ["How long does the warranty last on a tent?", "And what does a new tent pole section cost?"],
];

/** Finished conversations through the product's own doors, so that the desk is not empty. */
export async function seedConversations(
  maya: CustomerCaller,
  jonas: CustomerCaller,
): Promise<string[]> {
  const made: string[] = [];
  for (const [caller, talks] of [
    [maya, mayaTalks],
    [jonas, jonasTalks],
  ] as const) {
    for (const [at, talk] of talks.entries()) {
      made.push(...(await playTalk(caller, stableId(caller.id, `talk ${at}`), talk)));
    }
  }
  return made;
}

async function playTalk(
  caller: CustomerCaller,
  conversationId: string,
  talk: string[],
): Promise<string[]> {
  if (await findOwnConversation(caller, conversationId)) {
    return [];
  }
  for (const [at, text] of talk.entries()) {
    const id = stableId(conversationId, `message ${at}`);
    const { turnId } = await acceptMessage(caller, { id, conversationId, text });
    const turn = turnId && (await claimTurn("seed", turnId));
    if (turn) {
      await runTurn(turn, { endpoint: null, wordDelayMs: 0 });
    }
  }
  return [conversationId];
}

/** The same id at every seeding, so that seeding twice finds what is there. Shaped like a UUIDv7. */
function stableId(owner: string, name: string): string {
  const hex = createHash("sha256").update(`${owner} ${name}`).digest("hex");
  return `0192f000-${hex.slice(0, 4)}-7${hex.slice(4, 7)}-8${hex.slice(7, 10)}-${hex.slice(10, 22)}`;
}
