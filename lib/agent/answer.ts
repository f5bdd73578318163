import { appendToolMessage, startAnswer } from "@/lib/conversation";
import type { AnswerMeta } from "@/lib/conversation/schema";
import { countTokens, prepareMemory, type RecordedConversationMemory } from "@/lib/memory";
import { log } from "@/lib/observability";
import { asRedacted, redact } from "@/lib/privacy";
import type { RedactedText } from "@/lib/privacy/schema";
import { ModelFault, TurnStopped } from "./faults";
import { type AnsweringModel, answeringModel, learnRefusal, offlineModel } from "./model";
import { buildPrompt } from "./prompt";
import { promptMemory } from "./prompt-memory";
import { readRecord } from "./read-record";
import { redactStream } from "./redact-stream";
import { openSourceBook, type SourceBook } from "./source-book";
import { type Piece, streamAnswer } from "./stream-answer";
import { makeTools } from "./tools";
import type { Run } from "./turn";

export type Answer = { text: RedactedText; meta: AnswerMeta; memory: RecordedConversationMemory };

const FALLBACK_PREFACE =
  "The assistant cannot be reached right now, so this comes from our automatic help. A person can take over whenever you ask for one.";
const ATTEMPTS_MAX = 2;

/** Newer messages joined the turn before its answer began: the model is to be called again with them. */
class Joined extends Error {
  override readonly name = "Joined";
  readonly throughSeq: number;

  constructor(throughSeq: number) {
    super("Newer messages joined the turn");
    this.throughSeq = throughSeq;
  }
}

/** The answer of the configured model, tried again once before its first word, else of the offline model. */
export async function answer(run: Run): Promise<Answer> {
  const { endpoint } = run;
  if (!endpoint) {
    return await ask(run, offline(run), null);
  }
  let fault: ModelFault | null = null;
  for (let attempt = 1; attempt <= ATTEMPTS_MAX; attempt += 1) {
    try {
      return await ask(run, answeringModel(endpoint), null);
    } catch (error) {
      fault = requireFault(run, error);
      const another = learnRefusal(endpoint, fault.cause) || fault.worthRetrying;
      log.warn({ event: "model_failed", turnId: run.turn.id, code: fault.code, attempt });
      if (!another) {
        break;
      }
    }
  }
  return await ask(run, offline(run, FALLBACK_PREFACE), fault?.code ?? "unreachable");
}

/** A model's failure before its first word; after it, and for anything else, the turn ends. */
function requireFault(run: Run, error: unknown): ModelFault {
  if (!(error instanceof ModelFault) || run.said !== "" || run.signal.aborted) {
    throw error;
  }
  return error;
}

function offline(run: Run, preface = ""): AnsweringModel {
  const { wordDelayMs } = run;
  return offlineModel({ preface, ...(wordDelayMs !== undefined && { wordDelayMs }) });
}

/** Calls one model, again from the start where newer messages joined. */
async function ask(run: Run, model: AnsweringModel, fallback: string | null): Promise<Answer> {
  let throughSeq = run.turn.throughSeq;
  for (let restarts = 0; ; restarts += 1) {
    try {
      return await askOnce(run, model, throughSeq, fallback);
    } catch (error) {
      if (!(error instanceof Joined) || restarts >= run.limits.restartsMax) {
        throw error;
      }
      ({ throughSeq } = error);
    }
  }
}

async function askOnce(
  run: Run,
  model: AnsweringModel,
  throughSeq: number,
  fallback: string | null,
): Promise<Answer> {
  const memory = await loadMemory(run, throughSeq);
  const sources = openSourceBook();
  const called: string[] = [];
  // Of a call that failed or was made again with newer messages nothing is asked.
  run.proposals = [];
  const pieces = streamAnswer({
    model,
    messages: buildPrompt(promptMemory(memory, run.turn.memoryOn), { now: run.now(), throughSeq }),
    tools: toolsOf(run, sources, called),
    limits: run.limits,
    signal: run.signal,
  });
  const spoken = await speak(run, pieces, throughSeq);
  // Settled as a whole: what was streamed piece by piece is replaced by this.
  const settled = sources.settle(await redact(run.key, spoken.raw.trim()));
  const meta: AnswerMeta = {
    model: model.name,
    firstTokenMs: spoken.firstTokenMs,
    ...(settled.sources.length > 0 && { sources: settled.sources }),
    ...(called.length > 0 && { toolCalls: called }),
    ...(spoken.promptTokens > 0 && {
      promptTokens: spoken.promptTokens,
      completionTokens: spoken.completionTokens,
    }),
    ...(fallback && { fallback }),
  };
  return { text: asRedacted(settled.text), meta, memory };
}

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

function toolsOf(run: Run, sources: SourceBook, called: string[]) {
  const { turn, key, events, limits, shop } = run;
  return makeTools({
    caller: { id: turn.customerId, keyEpoch: turn.keyEpoch },
    key,
    shop,
    sources,
    now: run.now(),
    toolMs: limits.toolMs,
    status: (text) => (run.answerStarted ? Promise.resolve() : events.status(text)),
    async record(use) {
      called.push(use.name);
      const { held } = await appendToolMessage(turn, { ...use, tokens: countTokens(use.result) });
      if (!held) {
        throw new TurnStopped("lost");
      }
    },
    askForPerson(reason) {
      run.handOff = reason;
    },
    proposals: run.proposals,
  });
}

type Spoken = {
  raw: string;
  firstTokenMs: number;
  promptTokens: number;
  completionTokens: number;
};

/** Shows the answer as it comes. Before its first word the answer's place is reserved, after which nothing joins. */
async function speak(run: Run, pieces: AsyncGenerator<Piece>, throughSeq: number): Promise<Spoken> {
  const redacting = redactStream(run.key);
  const spoken: Spoken = { raw: "", firstTokenMs: 0, promptTokens: 0, completionTokens: 0 };
  const show = (text: RedactedText): void => {
    if (text !== "") {
      run.said = asRedacted(run.said + text);
      run.events.delta(text);
    }
  };
  for await (const piece of pieces) {
    if (piece.kind === "end") {
      Object.assign(spoken, piece);
      continue;
    }
    if (spoken.raw === "") {
      await begin(run, throughSeq);
      spoken.firstTokenMs = Math.round(performance.now() - run.startedMs);
    }
    spoken.raw += piece.text;
    show(await redacting.push(piece.text));
  }
  show(await redacting.end());
  return spoken;
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
