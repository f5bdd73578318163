import { BaseCallbackHandler } from "@langchain/core/callbacks/base";
import { BaseMessage } from "@langchain/core/messages";
import { env } from "@/lib/env";
import { type Line, log } from "@/lib/observability";

/**
 * A LangChain callback handler for MEMORY_DEBUG=1: the input's length in characters when a chain starts, the seconds
 * to two decimals when it ends, and, told by the store, the bytes of each save. Lengths and times only, never text.
 */
export class MemoryDebugCallback extends BaseCallbackHandler {
  name = "memory_debug";
  private readonly startedMs = new Map<string, number>();
  private readonly tell: (line: Line) => void;

  constructor(tell: (line: Line) => void = log.info) {
    super();
    this.tell = tell;
  }

  override handleChainStart(_chain: unknown, inputs: unknown, runId: string): void {
    this.startedMs.set(runId, performance.now());
    this.tell({ event: "memory_chain_start", inputLength: lengthOf(inputs) });
  }

  override handleChainEnd(_outputs: unknown, runId: string): void {
    this.tell({ event: "memory_chain_end", seconds: this.secondsOf(runId) });
  }

  /** Sealed bytes, as they go to the store. */
  handleMemorySave(conversationId: string, bytes: number): void {
    this.tell({ event: "memory_save", conversationId, bytes });
  }

  override handleChainError(error: unknown, runId: string): void {
    const reason = error instanceof Error ? error.name : "unknown";
    this.tell({ event: "memory_chain_failed", seconds: this.secondsOf(runId), reason });
  }

  private secondsOf(runId: string): string {
    const started = this.startedMs.get(runId);
    this.startedMs.delete(runId);
    return started === undefined ? "unknown" : ((performance.now() - started) / 1000).toFixed(2);
  }
}

/** The handlers to hand to a model or chain: one when MEMORY_DEBUG=1, else none. */
export function memoryCallbacks(): BaseCallbackHandler[] {
  return env.MEMORY_DEBUG ? [new MemoryDebugCallback()] : [];
}

/** Inputs may hold what holds themselves. */
const DEPTH_MAX = 4;

/** Characters of text: of the input itself, whatever it is wrapped in. A chain that is given text is told `{ input }`. */
function lengthOf(inputs: unknown, depth = 0): number {
  if (typeof inputs === "string") {
    return inputs.length;
  }
  if (inputs instanceof BaseMessage) {
    return inputs.text.length;
  }
  return typeof inputs === "object" && inputs !== null && depth < DEPTH_MAX
    ? Object.values(inputs).reduce<number>((sum, value) => sum + lengthOf(value, depth + 1), 0)
    : 0;
}
