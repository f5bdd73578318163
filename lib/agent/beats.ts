import { beatTurns, checkpointTurn, heartbeatTurn } from "@/lib/conversation";
import type { ClaimedTurn } from "@/lib/conversation/schema";
import { once } from "@/lib/once";
import type { RedactedText } from "@/lib/privacy/schema";

type Heard = { held: boolean; cancelRequested: boolean };
type Waiting = {
  turn: ClaimedTurn;
  text: RedactedText | null;
  resolve: (heard: Heard | Promise<Heard>) => void;
};

const TOGETHER_MAX = 64;

/**
 * Prolongs a turn's lease, keeps its text where one is given, and hears whether it is to go on. While one statement is
 * on its way the turns of this process gather for the next, so that all of them need one connection.
 */
export function beat(turn: ClaimedTurn, text: RedactedText | null): Promise<Heard> {
  const held = beats();
  return new Promise((resolve) => {
    held.waiting.push({ turn, text, resolve });
    if (!held.busy) {
      held.busy = true;
      void beatAll(held);
    }
  });
}

type Beats = { waiting: Waiting[]; busy: boolean };

function beats(): Beats {
  return once("agent-beats", () => ({ waiting: [], busy: false }));
}

async function beatAll(held: Beats): Promise<void> {
  while (held.waiting.length > 0) {
    const together = held.waiting.splice(0, TOGETHER_MAX);
    const found = together.length > 1 ? await beatTurns(together).catch(() => null) : null;
    for (const { turn, text, resolve } of together) {
      const cancelRequested = found?.get(turn.id);
      resolve(
        cancelRequested === undefined ? beatAlone(turn, text) : { held: true, cancelRequested },
      );
    }
    if (together.length === 1) {
      // Others gather while this one is on its way.
      await new Promise((resolve) => setTimeout(resolve, 5));
    }
  }
  held.busy = false;
}

async function beatAlone(turn: ClaimedTurn, text: RedactedText | null): Promise<Heard> {
  return await (text === null ? heartbeatTurn(turn) : checkpointTurn(turn, text));
}
