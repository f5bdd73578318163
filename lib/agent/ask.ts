import { appendToolMessage } from "@/lib/conversation";
import type { AnswerMeta } from "@/lib/conversation/schema";
import {
  countTokens,
  factPolicy,
  prepareMemory,
  type RecordedConversationMemory,
  recentMessages,
} from "@/lib/memory";
import { asRedacted, redact } from "@/lib/privacy";
import type { RedactedText } from "@/lib/privacy/schema";
import type { ConnectedTool } from "@/lib/shop";
import { isKept } from "./committed";
import { newestQuestion, nothingKnown, touchedFacts } from "./fact-block";
import { TurnStopped } from "./faults";
import { keepSpent } from "./keep-spent";
import type { AnsweringModel } from "./model";
import { buildPrompt } from "./prompt";
import { promptMemory } from "./prompt-memory";
import { asRecord, readRecord, readRecordBefore } from "./read-record";
import { openSourceBook, type SourceBook } from "./source-book";
import { placeOf, type Spoken, speak } from "./speak";
import { amountOf, type Usage } from "./spending";
import { streamAnswer } from "./stream-answer";
import { TOOL } from "./tool-results";
import { makeTools } from "./tools";
import type { Run } from "./turn";

/** Who is asked, and how. */
export type Question = {
  model: AnsweringModel;
  /** Called with the first word. */
  heard: () => void;
  /** When the first word must have come, on the clock of `performance.now()`. */
  usefulByMs: number;
  /** The last message to answer. */
  throughSeq: number;
  /** The memory as of `throughSeq`. */
  memory: Promise<RecordedConversationMemory>;
  /** Show less of the past than usual: the model said that it was too much. */
  trimmed: boolean;
};

export type Answer = {
  text: RedactedText;
  meta: AnswerMeta;
  memory: RecordedConversationMemory;
  /** Help pages were looked through, and none is named. */
  unanswered: boolean;
};

/** Asks one model once, and shows what it says as it comes. Throws `Joined`, or what streamAnswer throws. */
export async function ask(run: Run, question: Question): Promise<Answer> {
  const { model, throughSeq, usefulByMs } = question;
  const [memory, known, connected] = await Promise.all([question.memory, run.facts, run.connected]);
  const asked = newestQuestion(memory.state.tail, throughSeq);
  const facts = question.trimmed
    ? nothingKnown
    : touchedFacts(known, asked, factPolicy().tokensMax);
  const past = promptMemory(memory, run.turn.memoryOn, {
    trimmed: question.trimmed,
    besideTokens: facts.tokens,
  });
  const desk: Desk = { sources: openSourceBook(), called: [], open: true, usefulByMs };
  // Of a call that failed or was made again with newer messages nothing is asked.
  run.proposals = [];
  const messages = buildPrompt(past, { now: run.now(), throughSeq, facts });
  const usage: Usage = { promptTokens: 0, completionTokens: 0 };
  const place = placeOf(run, throughSeq);
  // The library takes a while to hand the first words on, and the place can be reserved meanwhile.
  model.wire?.listen(() => void place.reserve());
  const spoken: Spoken = { raw: "", firstTokenMs: 0 };
  try {
    const tools = toolsOf(run, desk, connected);
    const pieces = streamAnswer({
      model,
      messages,
      usage,
      tools,
      limits: run.limits,
      usefulByMs,
      signal: run.signal,
    });
    await speak(run, pieces, spoken, { heard: question.heard, place });
    // Settled as a whole: what was streamed piece by piece is replaced by this.
    const settled = desk.sources.settle(await redact(run.key, spoken.raw.trim()));
    return {
      text: asRedacted(settled.text),
      meta: {
        model: model.name,
        firstTokenMs: spoken.firstTokenMs,
        ...(settled.sources.length > 0 && { sources: settled.sources }),
        ...(desk.called.length > 0 && { toolCalls: desk.called }),
        ...(usage.promptTokens > 0 && { ...usage, ...costOf(usage) }),
      },
      memory,
      unanswered: desk.called.includes(TOOL.articles) && settled.sources.length === 0,
    };
  } finally {
    desk.open = false;
    if (model.wire && (await isKept(run))) {
      await keepSpent(run.turn.id, usage, messages, spoken.raw);
    }
  }
}

/** Only where prices are set is there a cost to tell. */
function costOf(usage: Usage): Pick<AnswerMeta, "costMicros"> {
  const { costMicros } = amountOf(usage);
  return costMicros > 0 ? { costMicros } : {};
}

/** The tools of one call of a model. Closed when that is over: a look-up that hung must not be stored into a later one. */
type Desk = { sources: SourceBook; called: string[]; open: boolean; usefulByMs: number };

/** What the conversation remembers as of a message. Whoever asks for it early may never come to need it. */
export function loadMemory(run: Run, throughSeq: number): Promise<RecordedConversationMemory> {
  const loading = load(run, throughSeq);
  loading.catch(() => undefined);
  return loading;
}

async function load(run: Run, throughSeq: number): Promise<RecordedConversationMemory> {
  const { conversationId, customerId, keyEpoch, memoryVersion, answerSeq, stored } = run.turn;
  const owner = { id: customerId, keyEpoch };
  // Taken over from a process that died, the turn has its answer's seq reserved: the record is complete up to it.
  const lastSeq = Math.min(run.turn.lastSeq, (answerSeq ?? Number.POSITIVE_INFINITY) - 1);
  const before = async (seq: number) => {
    await run.committed;
    return await readRecordBefore(conversationId, owner, seq);
  };
  const through = Math.max(lastSeq, throughSeq);
  if (!run.turn.memoryOn) {
    return await recentMessages({ before, lastSeq: through });
  }
  return await prepareMemory({
    conversationId,
    key: run.key,
    expect: { version: memoryVersion, lastSeq: through },
    // Where nothing has come after what the turn was stored with, it need not be read again.
    since: async (seq) => {
      if (stored && seq === stored.after && throughSeq === stored.messages.at(-1)?.seq) {
        return asRecord(stored.messages);
      }
      await run.committed;
      return await readRecord(conversationId, owner, seq, { limit: RECORD_PAGE });
    },
    recall: true,
    recorded: stored && run.committed,
    before,
  });
}

/** Messages that are read at once where much of the record is wanted. */
const RECORD_PAGE = 1000;

const TOOL_MIN_MS = 300;

function toolsOf(run: Run, desk: Desk, connected: readonly ConnectedTool[]) {
  const { turn, key, events, limits, shop } = run;
  // Whatever hangs must leave time to say so.
  const patienceMs = desk.usefulByMs - performance.now() - TOOL_MIN_MS;
  return makeTools({
    caller: { id: turn.customerId, keyEpoch: turn.keyEpoch },
    conversationId: turn.conversationId,
    key,
    shop,
    connected,
    sources: desk.sources,
    now: run.now(),
    toolMs: Math.min(limits.toolMs, Math.max(TOOL_MIN_MS, patienceMs)),
    async status(text) {
      await run.committed;
      if (!run.answerStarted && desk.open) {
        await events.status(text);
      }
    },
    async record(use) {
      await run.committed;
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
