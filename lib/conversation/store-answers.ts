import type { StaffCaller } from "@/lib/auth/schema";
import { audit } from "@/lib/privacy";
import { changeSetting } from "@/lib/setting";
import { db, notify, onNotify, transact } from "@/lib/storage";
import type { SwitchReason } from "./schema";
import { ringConsole, ringConversation } from "./store-events";
import { beginWaiting } from "./store-hand-off";
import { lockConversation } from "./store-lock";
import { answersAreOn } from "./store-switch";

/**
 * Switches the AI's answers off or on, for every process at once. Off: answers in the middle of their words are stored as
 * interrupted, and whoever waits for one waits for a person from now on. On: new messages are answered again; who waits
 * for a person goes on waiting. Written down with the old and the new value; switching to what holds already is nothing.
 */
export async function switchAnswers(
  admin: StaffCaller,
  { on, reason }: { on: boolean; reason?: SwitchReason | undefined },
): Promise<void> {
  await changeSetting("answers", { on }, admin.id, async (tx, { before, version }) => {
    await audit(tx, {
      actor: admin.id,
      action: "settings_changed",
      metadata: {
        setting: "answers",
        previous: before.on ? "on" : "off",
        state: on ? "on" : "off",
        version,
        ...(reason && { reason }),
      },
    });
  });
  if (!on) {
    await handOverUnanswered();
  }
}

const BATCH = 200;

/**
 * While answers are off: gives every conversation in which one is due or being written to a person. Called by whoever
 * switches and by every process's sweep, because the first may die half-way and a message may be accepted meanwhile.
 */
export async function handOverUnanswered(): Promise<number> {
  const due = await db().$queryRaw<{ id: string }[]>`
    SELECT DISTINCT c.id FROM "Turn" t JOIN "Conversation" c ON c.id = t.conversation_id
    WHERE t.state <= 'running' AND c.owner = 'AI' AND NOT ${answersAreOn} LIMIT ${BATCH}`;
  for (const { id } of due) {
    await handOver(id);
  }
  return due.length;
}

async function handOver(id: string): Promise<void> {
  const generation = await transact(async (tx) => {
    const held = await lockConversation(tx, id);
    // Switched on again meanwhile: the turn is answered as if nothing had been.
    if (held?.customerState !== "active" || held.answersOn) {
      return null;
    }
    await beginWaiting(tx, held, "answers_off");
    return held.generation + 1;
  });
  if (generation !== null) {
    await Promise.all([ringConversation(id, generation), ringConsole()]);
  }
}

const TURNS = "turns";

/** Tells every runner that turns were given back: they look at once, and not at their next sweep. */
export const callRunners = () => notify(TURNS, "");

/** Hears that there are turns to take. */
export const hearTurns = (handler: () => void) => onNotify(TURNS, handler);
