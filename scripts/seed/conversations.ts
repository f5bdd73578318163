import { createHash } from "node:crypto";
import { caseSummaryModel, runTurn } from "@/lib/agent";
import type { CustomerCaller } from "@/lib/auth/schema";
import { acceptMessage, claimTurn, findOwnConversation, since } from "@/lib/conversation";
import { findConsent, giveConsent } from "@/lib/customer";
import { summarizeConversation } from "@/lib/summary";

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

/** Conversations through the product's own doors, each with its summary, so that the desk is not empty. */
export async function seedConversations(
  maya: CustomerCaller,
  jonas: CustomerCaller,
): Promise<void> {
  for (const [caller, talks] of [
    [maya, mayaTalks],
    [jonas, jonasTalks],
  ] as const) {
    if (!(await findConsent(caller.id))) {
      await giveConsent(caller.id, { memory: true, analytics: true });
    }
    for (const [at, talk] of talks.entries()) {
      await playTalk(caller, stableId(caller.id, `talk ${at}`), talk);
    }
  }
}

async function playTalk(
  caller: CustomerCaller,
  conversationId: string,
  talk: string[],
): Promise<void> {
  if (await findOwnConversation(caller, conversationId)) {
    return;
  }
  for (const [at, text] of talk.entries()) {
    const id = stableId(conversationId, `message ${at}`);
    const { turnId } = await acceptMessage(caller, { id, conversationId, text });
    const turn = turnId && (await claimTurn("seed", turnId));
    if (turn) {
      await runTurn(turn, { endpoint: null, wordDelayMs: 0 });
    }
  }
  await summarizeConversation(conversationId, { model: caseSummaryModel([]), since });
}

/** The same id at every seeding, so that seeding twice finds what is there. Shaped like a UUIDv7. */
function stableId(owner: string, name: string): string {
  const hex = createHash("sha256").update(`${owner} ${name}`).digest("hex");
  return `0192f000-${hex.slice(0, 4)}-7${hex.slice(4, 7)}-8${hex.slice(7, 10)}-${hex.slice(10, 22)}`;
}
