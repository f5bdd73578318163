import { BaseCallbackHandler } from "@langchain/core/callbacks/base";
import type { BaseMessage } from "@langchain/core/messages";
import type { StructuredToolInterface } from "@langchain/core/tools";
import { createAgent } from "langchain";
import { memoryCallbacks } from "@/lib/memory";
import { ModelFault } from "./faults";
import type { Limits } from "./limits";
import type { AnsweringModel } from "./model";
import { toFault } from "./name-fault";
import { Patience } from "./patience";
import type { Usage } from "./spending";
import { Watch } from "./watch";
import { watchTools } from "./watch-tools";
import { within } from "./within";

type Call = {
  model: AnsweringModel;
  messages: BaseMessage[];
  tools: StructuredToolInterface[];
  limits: Limits;
  /** Grows while the model works, also where it fails in the end. */
  usage: Usage;
  /** When the first word must have come, on the clock of `performance.now()`. */
  usefulByMs: number;
  signal: AbortSignal;
};

/**
 * Runs model and tools until there is an answer, and yields its text as it comes.
 *
 * Throws a ModelFault when the model is not reachable, says no, hangs, breaks off or says nothing; whoever listens
 * decides what the customer sees instead.
 */
export async function* streamAnswer(call: Call): AsyncGenerator<string> {
  const { model, messages, tools, limits, signal } = call;
  const abort = new AbortController();
  const watch = new Watch(call);
  try {
    const agent = createAgent({ model: model.chat, tools, middleware: [watchTools(limits)] });
    const opening = agent.stream(
      { messages },
      {
        streamMode: "messages",
        signal: AbortSignal.any([signal, abort.signal]),
        recursionLimit: limits.modelCallsMax * 2 + 1,
        callbacks: [endsOf(watch), ...memoryCallbacks()],
      },
    );
    // Opening already waits for the first piece.
    const stream = await patiently(opening, watch, signal);
    yield* listen(messagesOf(stream), watch, signal);
  } catch (error) {
    throw signal.aborted ? signal.reason : faultOf(error, model);
  } finally {
    abort.abort();
  }
}

/** Yields the text of one or more model calls as it comes. */
export async function* listen(
  messages: AsyncIterable<BaseMessage>,
  watch: Watch,
  signal: AbortSignal,
): AsyncGenerator<string> {
  const chunks = messages[Symbol.asyncIterator]();
  const patience = new Patience(watch, signal);
  try {
    for (;;) {
      const next = await patience.wait(chunks.next());
      if (next.done) {
        break;
      }
      const text = watch.hear(next.value);
      if (text !== "") {
        yield text;
      }
      watch.checkLength();
    }
  } finally {
    patience.end();
  }
  watch.check();
}

/**
 * Hears how each model call ended, which its pieces do not tell. Waited for, so that the end of the pieces never comes
 * before the news of how they ended.
 */
export function endsOf(watch: Watch): BaseCallbackHandler {
  const handler = BaseCallbackHandler.fromMethods({ handleLLMEnd: (end) => watch.end(end) });
  handler.awaitHandlers = true;
  return handler;
}

export async function patiently<T>(
  work: Promise<T>,
  watch: Watch,
  signal: AbortSignal,
): Promise<T> {
  const { ms } = watch.patience();
  // Named when the time is up: until then the endpoint may still begin to answer.
  return await within(work, ms, () => new ModelFault(watch.patience().code), signal);
}

/** A connection that was closed before anything came over it was refused, whatever the network calls it. */
export function faultOf(error: unknown, { wire }: AnsweringModel): unknown {
  const fault = toFault(error);
  const unheard = fault instanceof ModelFault && fault.code === "cut" && wire && !wire.responded;
  return unheard ? new ModelFault("refused", { cause: fault.cause }) : fault;
}

// No generator: that would be one more for every piece to pass through.
function messagesOf(stream: AsyncIterable<[BaseMessage, unknown]>): AsyncIterable<BaseMessage> {
  return {
    [Symbol.asyncIterator]() {
      const pieces = stream[Symbol.asyncIterator]();
      return {
        next: async () => {
          const { done, value } = await pieces.next();
          return done ? { done, value: undefined } : { done: false, value: value[0] };
        },
      };
    },
  };
}
