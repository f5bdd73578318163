import { BaseCallbackHandler } from "@langchain/core/callbacks/base";
import { type BaseMessage, ToolMessage } from "@langchain/core/messages";
import type { LLMResult } from "@langchain/core/outputs";
import type { StructuredToolInterface } from "@langchain/core/tools";
import { createAgent, createMiddleware, ToolInvocationError } from "langchain";
import { z } from "zod";
import { memoryCallbacks } from "@/lib/memory";
import { type FaultCode, ModelFault, toFault } from "./faults";
import type { Limits } from "./limits";
import type { AnsweringModel } from "./model";
import { forgetReached, reach } from "./reach";

/** A piece of an answer as it arrives, or the figures at its end. */
export type Piece =
  | { kind: "text"; text: string }
  | { kind: "end"; promptTokens: number; completionTokens: number };

type Call = {
  model: AnsweringModel;
  messages: BaseMessage[];
  tools: StructuredToolInterface[];
  limits: Limits;
  signal: AbortSignal;
};

/**
 * Runs model and tools until there is an answer, and yields its text as it comes.
 *
 * Throws a ModelFault when the model is not reachable, says no, hangs, breaks off or says nothing; whoever listens
 * decides what the customer sees instead.
 */
export async function* streamAnswer({
  model,
  messages,
  tools,
  limits,
  signal,
}: Call): AsyncGenerator<Piece> {
  const abort = new AbortController();
  const watch = new Watch(model);
  try {
    if (model.endpoint) {
      await reach(model.endpoint, limits.connectMs);
    }
    const agent = createAgent({ model: model.chat, tools, middleware: [plainToolErrors] });
    const opening = agent.stream(
      { messages },
      {
        streamMode: "messages",
        signal: AbortSignal.any([signal, abort.signal]),
        recursionLimit: limits.modelCallsMax * 2 + 1,
        callbacks: [
          BaseCallbackHandler.fromMethods({ handleLLMEnd: (end) => watch.end(end) }),
          ...memoryCallbacks(),
        ],
      },
    );
    // Opening already waits for the first piece.
    const { ms, code } = watch.patience(limits);
    const stream = await within(opening, ms, () => new ModelFault(code), signal);
    yield* listen(stream, watch, limits, signal);
  } catch (error) {
    if (model.endpoint) {
      forgetReached(model.endpoint);
    }
    throw signal.aborted ? signal.reason : toFault(error);
  } finally {
    abort.abort();
  }
}

/** A model that calls a tool wrongly is told so in a sentence; the library's own words hold our stack. */
const plainToolErrors = createMiddleware({
  name: "PlainToolErrors",
  wrapToolCall: async (request, handler) => {
    try {
      return await handler(request);
    } catch (error) {
      if (!ToolInvocationError.isInstance(error)) {
        throw error;
      }
      const { id = "", name } = request.toolCall;
      const content = `The arguments of ${name} do not fit its description. Correct them and call it again.`;
      return new ToolMessage({ content, name, tool_call_id: id, status: "error" });
    }
  },
});

async function* listen(
  stream: AsyncIterable<[BaseMessage, unknown]>,
  watch: Watch,
  limits: Limits,
  signal: AbortSignal,
): AsyncGenerator<Piece> {
  const chunks = stream[Symbol.asyncIterator]();
  for (;;) {
    const { ms, code } = watch.patience(limits);
    const next = await within(chunks.next(), ms, () => new ModelFault(code), signal);
    if (next.done) {
      break;
    }
    const text = watch.hear(next.value[0]);
    if (text !== "") {
      yield { kind: "text", text };
    }
  }
  watch.check();
  yield { kind: "end", ...watch.usage };
}

const Usage = z.object({ input_tokens: z.number(), output_tokens: z.number() });

/** Follows one run: whether the current model call has begun, how it finished, what it used. */
class Watch {
  readonly usage = { promptTokens: 0, completionTokens: 0 };
  private begun = false;
  private callsTools = false;
  private said = false;
  private finish: string | null = null;
  private gap = false;
  private readonly model: AnsweringModel;

  constructor(model: AnsweringModel) {
    this.model = model;
  }

  /** How long the next piece may take. What runs in this process has no network to hang on. */
  patience(limits: Limits): { ms: number; code: FaultCode } {
    if (!this.model.endpoint) {
      return { ms: limits.turnMs, code: "stalled" };
    }
    if (!this.begun) {
      return { ms: limits.firstTokenMs, code: "slow" };
    }
    return { ms: limits.betweenTokensMs + (this.callsTools ? limits.toolMs : 0), code: "stalled" };
  }

  hear(message: BaseMessage): string {
    if (message.type === "tool") {
      // Another call of the model follows; its first token has its own limit.
      this.begun = false;
      this.callsTools = false;
      this.gap = this.said;
      return "";
    }
    if (message.type !== "ai") {
      return "";
    }
    this.begun = true;
    this.note(message);
    const { text } = message;
    if (text === "") {
      return "";
    }
    const spaced = this.gap ? `\n\n${text}` : text;
    this.gap = false;
    this.said ||= text.trim() !== "";
    return spaced;
  }

  private note(message: BaseMessage): void {
    const calls = "tool_call_chunks" in message ? message.tool_call_chunks : [];
    this.callsTools ||= Array.isArray(calls) && calls.length > 0;
    const usage = Usage.safeParse("usage_metadata" in message ? message.usage_metadata : null);
    this.usage.promptTokens += usage.data?.input_tokens ?? 0;
    this.usage.completionTokens += usage.data?.output_tokens ?? 0;
  }

  /** The client is told why a call ended apart from its pieces. */
  end({ generations }: LLMResult): void {
    const finish: unknown = generations[0]?.[0]?.generationInfo?.["finish_reason"];
    this.finish = typeof finish === "string" ? finish : null;
  }

  /** An answer without a word, or one whose end never came, is no answer. */
  check(): void {
    if (!this.said) {
      throw new ModelFault("empty");
    }
    if (this.model.endpoint && this.finish === null) {
      throw new ModelFault("cut");
    }
  }
}

/** Waits for a promise, a limit or the end of the turn, whichever comes first. */
async function within<T>(
  work: Promise<T>,
  limitMs: number,
  late: () => Error,
  signal: AbortSignal,
): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  let stop: (() => void) | undefined;
  const limit = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(late()), limitMs);
    stop = () => reject(signal.reason);
    if (signal.aborted) {
      stop();
    }
    signal.addEventListener("abort", stop, { once: true });
  });
  // Whichever loses the race still settles later; nobody is left to hear it.
  work.catch(() => undefined);
  try {
    return await Promise.race([work, limit]);
  } finally {
    clearTimeout(timer);
    if (stop) {
      signal.removeEventListener("abort", stop);
    }
  }
}
