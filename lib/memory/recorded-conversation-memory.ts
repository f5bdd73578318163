import { BaseListChatMessageHistory } from "@langchain/core/chat_history";
import { AIMessage, type BaseMessage, HumanMessage, SystemMessage } from "@langchain/core/messages";
import { ConversationSummaryBufferMemory } from "./conversation-summary-buffer-memory";
import { findFoldCut } from "./fold-marks";
import { hardLimitTokens, policy, strategyOf } from "./policy";
import { promptBlock } from "./prompt-block";
import { weighAll } from "./prune";
import type {
  LedgerItem,
  MemoryStamp,
  MemoryState,
  MemoryStrategy,
  PromptBlock,
  RecordedMessage,
} from "./schema";
import { type Beside, type View, viewOf } from "./view";

/**
 * The memory of one recorded conversation at one moment: a view, made by `prepareMemory` for a turn. Writing goes
 * through the record (and `rememberTurn`), because only the record redacts, numbers and seals.
 */
export class RecordedConversationMemory extends ConversationSummaryBufferMemory {
  readonly state: MemoryState;
  private readonly view: View;

  constructor(state: MemoryState, beside?: Beside) {
    const view = viewOf(state, beside);
    super({
      chatHistory: new RecordedHistory(view.tail),
      movingSummaryBuffer: view.summary ?? "",
      maxTokenLimit: policy.maxTokenLimit,
      lowWater: policy.lowWater,
      fold: "background",
      returnMessages: true,
    });
    this.state = state;
    this.view = view;
  }

  /** The view that is shown. */
  get strategy(): MemoryStrategy {
    return strategyOf(this.state);
  }

  get stamp(): MemoryStamp {
    return { version: this.state.version, lastSeq: this.state.lastSeq };
  }

  /** What enters the prompt, never above the limit and never without the newest turn. */
  promptBlock(tokensMax: number = hardLimitTokens()): PromptBlock {
    return promptBlock(this.view, tokensMax);
  }

  /**
   * Whether there is work behind the answer: the raw tail, with what was said since, is over its high-water mark and can
   * be cut, or the graph has something to read.
   */
  needsFold(saidSince: readonly RecordedMessage[] = []): boolean {
    const { lastSeq, tail } = this.state;
    const whole = [...tail, ...saidSince.filter(({ seq }) => seq > lastSeq)];
    return this.strategy === "kg" || findFoldCut(whole, this.strategy) > 0;
  }

  /** Tokens of everything held: summary and raw tail. */
  get tokens(): number {
    return this.state.summaryTokens + weighAll(this.state.tail);
  }

  protected override summaryText(): string {
    const values = renderLedger(this.view.ledger);
    return [this.movingSummaryBuffer, values].filter((part) => part !== "").join("\n");
  }
}

/** The exact values as one line: `Exact values: name Sarah; order #ORD-789456`. */
export function renderLedger(ledger: readonly LedgerItem[]): string {
  return ledger.length === 0
    ? ""
    : `Exact values: ${ledger.map(({ kind, value }) => `${kind} ${value}`).join("; ")}`;
}

class RecordedHistory extends BaseListChatMessageHistory {
  lc_namespace = ["recollect", "memory"];
  private readonly tail: readonly RecordedMessage[];

  constructor(tail: readonly RecordedMessage[]) {
    super();
    this.tail = tail;
  }

  override async getMessages(): Promise<BaseMessage[]> {
    return this.tail.map(toLangChain);
  }

  override addMessage(): Promise<void> {
    return Promise.reject(new Error("A recorded conversation is written by its record"));
  }

  override clear(): Promise<void> {
    return Promise.reject(new Error("A recorded conversation is forgotten by its record"));
  }
}

function toLangChain({ id, role, speaker, text }: RecordedMessage): BaseMessage {
  switch (role) {
    case "customer":
      return new HumanMessage({ id, content: text });
    case "assistant":
      return new AIMessage({ id, content: text });
    case "staff":
      // A person of the team speaks for the company, under their own name.
      return new AIMessage({ id, content: text, name: speaker });
    case "tool":
    case "event":
    case "boundary":
      return new SystemMessage({ id, content: text, name: speaker });
  }
}
