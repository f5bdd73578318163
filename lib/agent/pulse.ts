import { onStop } from "@/lib/conversation";
import { report } from "@/lib/observability";
import { beat } from "./beats";
import { isKept } from "./committed";
import { TurnStopped } from "./faults";
import type { Limits } from "./limits";
import type { Run } from "./turn";

/**
 * Keeps a running turn alive: prolongs its lease, keeps what has been said, and aborts it when it is cancelled or is
 * somebody else's. Beats on a clock of its own, so that a model that says nothing can still be stopped.
 */
export function startPulse(
  run: Pick<Run, "turn" | "said" | "committed">,
  limits: Limits,
  abort: AbortController,
): { stop(): Promise<void> } {
  const { turn } = run;
  let kept = "";
  let beating: Promise<void> = Promise.resolve();

  // Also where nothing new was said: whoever pressed stop waits no longer for a model that is silent.
  const check = async (): Promise<void> => {
    if (!(await isKept(run))) {
      return;
    }
    const text = run.said;
    const { held, cancelRequested } = await beat(turn, text === kept ? null : text);
    kept = text;
    if (!held) {
      abort.abort(new TurnStopped("lost"));
    } else if (cancelRequested) {
      abort.abort(new TurnStopped("cancelled"));
    }
  };

  let busy = false;
  const timer = setInterval(() => {
    if (busy || abort.signal.aborted) {
      return;
    }
    busy = true;
    // A database that is away for a moment does not end the turn: the lease decides, and the commit checks it.
    beating = check()
      .catch((error: unknown) => report(error, { where: "agent.pulse", turnId: turn.id }))
      .finally(() => {
        busy = false;
      });
  }, limits.checkpointMs);
  const deaf = onStop(turn.id, () => abort.abort(new TurnStopped("cancelled")));

  return {
    async stop() {
      clearInterval(timer);
      deaf();
      await beating;
    },
  };
}
