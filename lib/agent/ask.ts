import { appendToolMessage, startAnswer } from "@/lib/conversation";
import type { AnswerMeta } from "@/lib/conversation/schema";
import { countTokens, prepareMemory, type RecordedConversationMemory } from "@/lib/memory";
import { asRedacted, redact } from "@/lib/privacy";
import type { RedactedText } from "@/lib/privacy/schema";
import { TurnStopped } from "./faults";
import type { AnsweringModel } from "./model";
import { buildPrompt } from "./prompt";
import { promptMemory } from "./prompt-memory";
import { readRecord } from "./read-record";
import { redactStream } from "./redact-stream";
import { openSourceBook, type SourceBook } from "./source-book";
import { type Piece, streamAnswer } from "./stream-answer";
import { makeTools } from "./tools";
import type { Run } from "./turn";

export type Answer = { text: RedactedText; meta: AnswerMeta; memory: RecordedConversationMemory };

/** Who is asked, and how. */
export type Question = {
  model: AnsweringModel;
  /** Called with the first word. */
  heard: () => void;
  /** When the first word must have come, on the clock of `performance.now()`. */
  usefulByMs: number;
  /** The last message to answer. */
  throughSeq: number;
  /** Show less of the past than usual: the model said that it was too much. */
  trimmed: boolean;
};

/** Newer messages joined the turn before its answer began: the model is to be called again with them. */
export class Joined extends Error {
  override readonly name = "Joined";
  readonly throughSeq: number;

  constructor(throughSeq: number) {
    super("Newer messages joined the turn");
    this.throughSeq = throughSeq;
  }
}

/** Asks one model once, and shows what it says as it comes. Throws `Joined`, or what streamAnswer throws. */
export async function ask(run: Run, question: Question): Promise<Answer> {
  const { model, throughSeq, usefulByMs } = question;
  const memory = await loadMemory(run, throughSeq);
  const past = promptMemory(memory, run.turn.memoryOn, { trimmed: question.trimmed });
  const desk: Desk = { sources: openSourceBook(), called: [], open: true, usefulByMs };
  // Of a call that failed or was made again with newer messages nothing is asked.
  run.proposals = [];
  try {
    const pieces = streamAnswer({
      model,
      messages: buildPrompt(past, { now: run.now(), throughSeq }),
      tools: toolsOf(run, desk),
      limits: run.limits,
      usefulByMs,
      signal: run.signal,
    });
    const spoken = await speak(run, pieces, question);
    // Settled as a whole: what was streamed piece by piece is replaced by this.
    const settled = desk.sources.settle(await redact(run.key, spoken.raw.trim()));
    return {
      text: asRedacted(settled.text),
      meta: {
        model: model.name,
        firstTokenMs: spoken.firstTokenMs,
        ...(settled.sources.length > 0 && { sources: settled.sources }),
        ...(desk.called.length > 0 && { toolCalls: desk.called }),
        ...(spoken.promptTokens > 0 && {
          promptTokens: spoken.promptTokens,
          completionTokens: spoken.completionTokens,
        }),
      },
      memory,
    };
  } finally {
    desk.open = false;
  }
}

/** The tools of one call of a model. Closed when that is over: a look-up that hung must not be stored into a later one. */
type Desk = { sources: SourceBook; called: string[]; open: boolean; usefulByMs: number };

async function loadMemory(run: Run, throughSeq: number): Promise<RecordedConversationMemory> {
  const { conversationId, customerId, keyEpoch, memoryVersion, answerSeq } = run.turn;
  // Taken over from a process that died, the turn has its answer's seq reserved: the record is complete up to it.
  const lastSeq = Math.min(run.turn.lastSeq, (answerSeq ?? Number.POSITIVE_INFINITY) - 1);
  return await prepareMemory({
    conversationId,
    key: run.key,
    expect: { version: memoryVersion, lastSeq: Math.max(lastSeq, throughSeq) },
    since: (seq) => readRecord(conversationId, { id: customerId, keyEpoch }, seq),
  });
}

const TOOL_MIN_MS = 300;

function toolsOf(run: Run, desk: Desk) {
  const { turn, key, events, limits, shop } = run;
  // Whatever hangs must leave time to say so.
  const patienceMs = desk.usefulByMs - performance.now() - TOOL_MIN_MS;
  return makeTools({
    caller: { id: turn.customerId, keyEpoch: turn.keyEpoch },
    key,
    shop,
    sources: desk.sources,
    now: run.now(),
    toolMs: Math.min(limits.toolMs, Math.max(TOOL_MIN_MS, patienceMs)),
    status: (text) => (run.answerStarted || !desk.open ? Promise.resolve() : events.status(text)),
    async record(use) {
      if (!desk.open) {
        return;
      }
      desk.called.push(use.name);
      const callId = use.callId.replaceAll(/[^\w-]/g, "").slice(0, CALL_ID_CHARS_MAX);
      const tokens = countTokens(use.result);
      const { held } = await appendToolMessage(turn, { ...use, callId, tokens });
      if (!held) {
        throw new TurnStopped("lost");
      }
    },
    askForPerson(reason) {
      if (desk.open) {
        run.handOff = reason;
      }
    },
    proposals: run.proposals,
  });
}

/** A call's id comes from the model: data of any length, until it is cut down to an id. */
const CALL_ID_CHARS_MAX = 64;

type Spoken = {
  raw: string;
  firstTokenMs: number;
  promptTokens: number;
  completionTokens: number;
};

/** Shows the answer as it comes. Before its first word the answer's place is reserved, after which nothing joins. */
async function speak(
  run: Run,
  pieces: AsyncGenerator<Piece>,
  { heard, throughSeq }: Question,
): Promise<Spoken> {
  const redacting = redactStream(run.key);
  const spoken: Spoken = { raw: "", firstTokenMs: 0, promptTokens: 0, completionTokens: 0 };
  const show = (text: RedactedText): void => {
    if (text !== "") {
      run.said = asRedacted(run.said + text);
      run.events.delta(text);
    }
  };
  let ended = false;
  try {
    for await (const piece of pieces) {
      if (piece.kind === "end") {
        Object.assign(spoken, piece);
        ended = true;
        continue;
      }
      if (spoken.raw === "") {
        heard();
        await begin(run, throughSeq);
        spoken.firstTokenMs = Math.round(performance.now() - run.startedMs);
      }
      spoken.raw += piece.text;
      show(await redacting.push(piece.text));
    }
    return spoken;
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
