import type { BaseMessage } from "@langchain/core/messages";
import type { LLMResult } from "@langchain/core/outputs";
import { z } from "zod";
import type { FaultCode } from "./fault-table";
import { ModelFault } from "./faults";
import type { Limits } from "./limits";
import type { AnsweringModel } from "./model";
import { amountOf, isOver, type Usage } from "./spending";

export type Watched = {
  model: AnsweringModel;
  limits: Limits;
  /** Grows with what the model calls use. */
  usage: Usage;
  /** When the first word must have come, on the clock of `performance.now()`. */
  usefulByMs: number;
};

const TOOL_SLACK_MS = 1_000;
const Reported = z.object({ input_tokens: z.number(), output_tokens: z.number() });

/** Follows one run: how long it may still take, whether the current model call has begun, how it ended, what it used. */
export class Watch {
  private begun = false;
  private callsTools = false;
  private said = false;
  private chars = 0;
  private finish: string | null = null;
  private gap = false;
  private readonly watched: Watched;

  constructor(watched: Watched) {
    this.watched = watched;
  }

  /** How long the next piece may take. What runs in this process has no network to hang on. */
  patience(): { ms: number; code: FaultCode } {
    const { limits, model, usefulByMs } = this.watched;
    if (!model.wire) {
      return { ms: limits.turnMs, code: "stalled" };
    }
    const { ms, code } = this.usual();
    const leftMs = Math.max(0, usefulByMs - performance.now());
    return this.said || ms <= leftMs ? { ms, code } : { ms: leftMs, code: this.silence() };
  }

  private usual(): { ms: number; code: FaultCode } {
    const { firstTokenMs, betweenTokensMs, toolMs } = this.watched.limits;
    if (!this.begun) {
      return { ms: firstTokenMs, code: this.silence() };
    }
    // After the last piece of a call with tools comes their work.
    const ms = this.callsTools
      ? Math.max(betweenTokensMs, toolMs + TOOL_SLACK_MS)
      : betweenTokensMs;
    return { ms, code: "stalled" };
  }

  private silence(): FaultCode {
    return this.watched.model.wire?.responded ? "slow" : "hung";
  }

  hear(message: BaseMessage): string {
    if (message.type === "tool") {
      this.checkSpending();
      // Another call of the model follows; its first token has its own limit.
      this.begun = false;
      this.callsTools = false;
      this.gap = this.said;
      return "";
    }
    if (message.type !== "ai") {
      return "";
    }
    this.note(message);
    return this.takeText(message.text);
  }

  /** Blank beginnings are held back: they are no first word. */
  private takeText(text: string): string {
    const begun = this.said ? text : text.trimStart();
    if (begun === "") {
      return "";
    }
    const spaced = this.gap ? `\n\n${begun}` : begun;
    this.gap = false;
    this.said = true;
    this.begun = true;
    const roomLeft = Math.max(0, this.watched.limits.answerCharsMax - this.chars);
    this.chars += spaced.length;
    // However long a piece is, no more of it is said than an answer may hold.
    return spaced.slice(0, roomLeft);
  }

  private note(message: BaseMessage): void {
    const calls = "tool_call_chunks" in message ? message.tool_call_chunks : [];
    if (Array.isArray(calls) && calls.length > 0) {
      this.begun = true;
      this.callsTools = true;
    }
    // Only the last piece of a call tells it, and there are thousands of others.
    const reported = "usage_metadata" in message ? message.usage_metadata : undefined;
    if (!reported) {
      return;
    }
    const { usage } = this.watched;
    const told = Reported.safeParse(reported);
    usage.promptTokens += told.data?.input_tokens ?? 0;
    usage.completionTokens += told.data?.output_tokens ?? 0;
  }

  /** The client is told why a call ended apart from its pieces. */
  end({ generations }: LLMResult): void {
    const finish: unknown = generations[0]?.[0]?.generationInfo?.["finish_reason"];
    this.finish = typeof finish === "string" ? finish : null;
  }

  /** Before another call of the model: one turn may not cost without end. */
  private checkSpending(): void {
    const { usage, limits, model } = this.watched;
    if (model.wire && isOver(amountOf(usage), limits.spending.turn)) {
      throw new ModelFault("turn_budget");
    }
  }

  /** Ends an answer that does not end by itself. */
  checkLength(): void {
    if (this.chars > this.watched.limits.answerCharsMax) {
      throw new ModelFault("endless");
    }
  }

  /** An answer without a word, or one whose end never came, is no answer. */
  check(): void {
    if (this.watched.model.wire && this.finish === "content_filter") {
      throw new ModelFault("filtered");
    }
    if (!this.said) {
      throw new ModelFault("empty");
    }
    if (this.watched.model.wire && this.finish === null) {
      throw new ModelFault("cut");
    }
    if (this.watched.model.wire && this.finish === "length") {
      throw new ModelFault("endless");
    }
  }
}
