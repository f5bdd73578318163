import { type Started, startAnswer } from "@/lib/conversation";
import { asRedacted } from "@/lib/privacy";
import type { RedactedText } from "@/lib/privacy/schema";
import { TurnStopped } from "./faults";
import { redactStream } from "./redact-stream";
import type { Run } from "./turn";

/** Newer messages joined the turn before its answer began: the model is to be called again with them. */
export class Joined extends Error {
  override readonly name = "Joined";
  readonly throughSeq: number;

  constructor(throughSeq: number) {
    super("Newer messages joined the turn");
    this.throughSeq = throughSeq;
  }
}

export type Spoken = {
  /** What the model said, as it said it. */
  raw: string;
  firstTokenMs: number;
};

/** How often what was said meanwhile is redacted and shown: word by word, the same lines would be read again and again. */
const BATCH_MS = 100;

/** Shows the answer as it comes. Before its first word the answer's place is reserved, after which nothing joins. */
export async function speak(
  run: Run,
  pieces: AsyncGenerator<string>,
  spoken: Spoken,
  { heard, place }: { heard: () => void; place: Place },
): Promise<void> {
  const redacting = redactStream(run.key);
  const show = (text: RedactedText): void => {
    if (text !== "") {
      run.said = asRedacted(run.said + text);
      run.events.delta(text);
    }
  };
  const batches = inBatches(async (text) => show(await redacting.push(text)));
  let ended = false;
  try {
    for await (const piece of pieces) {
      if (spoken.raw === "") {
        heard();
        await begin(run, await place.reserve());
        spoken.firstTokenMs = Math.round(performance.now() - run.startedMs);
      }
      spoken.raw += piece;
      await batches.take(piece);
    }
    ended = true;
  } finally {
    await batches.end();
    // Also of an answer that broke off, what is held back was said; unless nothing was shown, and all may begin anew.
    if (ended || run.said !== "") {
      show(await redacting.end());
    }
  }
}

/** Hands the first piece on at once, and what comes after it together, every 100 ms at most. */
function inBatches(hand: (text: string) => Promise<void>) {
  let held = "";
  let handedAt = Number.NEGATIVE_INFINITY;
  let timer: NodeJS.Timeout | null = null;
  let handing: Promise<void> = Promise.resolve();
  const handOn = (): Promise<void> => {
    clearTimeout(timer ?? undefined);
    timer = null;
    handedAt = performance.now();
    handing = handing.then(() => {
      const text = held;
      held = "";
      return text === "" ? undefined : hand(text);
    });
    // Whoever takes or ends next hears of a failure.
    handing.catch(() => undefined);
    return handing;
  };
  return {
    async take(piece: string): Promise<void> {
      held += piece;
      const waitMs = handedAt + BATCH_MS - performance.now();
      if (waitMs <= 0) {
        await handOn();
      } else {
        timer ??= setTimeout(() => void handOn(), waitMs);
      }
    },
    end: handOn,
  };
}

/** The place of an answer in the record. */
export type Place = { reserve(): Promise<Started> };

/** Reserves it once, by whoever is first to see that there will be words; what has read up to `throughSeq` is the answer. */
export function placeOf(run: Run, throughSeq: number): Place {
  let reserved: Promise<Started> | null = null;
  const reserve = async () => {
    await run.committed;
    if (run.signal.aborted) {
      throw run.signal.reason;
    }
    return await startAnswer(run.turn, throughSeq);
  };
  return {
    reserve() {
      reserved ??= reserve();
      // Whoever shows the words hears of it.
      reserved.catch(() => undefined);
      return reserved;
    },
  };
}

async function begin(run: Run, started: Started): Promise<void> {
  if (run.signal.aborted) {
    throw run.signal.reason;
  }
  if (!started.held) {
    throw new TurnStopped("lost");
  }
  if (!started.begun) {
    throw new Joined(started.throughSeq);
  }
  run.answerStarted = true;
}
