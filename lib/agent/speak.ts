import { startAnswer } from "@/lib/conversation";
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

/** Shows the answer as it comes. Before its first word the answer's place is reserved, after which nothing joins. */
export async function speak(
  run: Run,
  pieces: AsyncGenerator<string>,
  spoken: Spoken,
  { heard, throughSeq }: { heard: () => void; throughSeq: number },
): Promise<void> {
  const redacting = redactStream(run.key);
  const show = (text: RedactedText): void => {
    if (text !== "") {
      run.said = asRedacted(run.said + text);
      run.events.delta(text);
    }
  };
  let ended = false;
  try {
    for await (const piece of pieces) {
      if (spoken.raw === "") {
        heard();
        await begin(run, throughSeq);
        spoken.firstTokenMs = Math.round(performance.now() - run.startedMs);
      }
      spoken.raw += piece;
      show(await redacting.push(piece));
    }
    ended = true;
  } finally {
    // Also of an answer that broke off, what is held back was said; unless nothing was shown, and all may begin anew.
    if (ended || run.said !== "") {
      show(await redacting.end());
    }
  }
}

async function begin(run: Run, throughSeq: number): Promise<void> {
  if (run.signal.aborted) {
    throw run.signal.reason;
  }
  const started = await startAnswer(run.turn, throughSeq);
  if (!started.held) {
    throw new TurnStopped("lost");
  }
  if (!started.begun) {
    throw new Joined(started.throughSeq);
  }
  run.answerStarted = true;
}
