import { BaseListChatMessageHistory } from "@langchain/core/chat_history";
import type { InputValues, MemoryVariables } from "@langchain/core/memory";
import { AIMessage, type BaseMessage, HumanMessage, SystemMessage } from "@langchain/core/messages";
import { ConversationSummaryBufferMemory } from "./conversation-summary-buffer-memory";
import { findFoldCut } from "./fold-marks";
import { hardLimitTokens, policy } from "./policy";
import { promptBlock } from "./prompt-block";
import { splitTurns, weighAll } from "./prune";
import { renderRecalled, selectRecalled } from "./recall-select";
import { strategyOf } from "./rules";
import type {
  LedgerItem,
  MemoryStamp,
  MemoryState,
  MemoryStrategy,
  PromptBlock,
  Recall,
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
  private readonly recall: Recall | null;

  constructor(state: MemoryState, recall: Recall | null = null, beside?: Beside) {
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
    this.recall = recall;
  }

  /** The same memory, which also knows what was folded away. */
  recallingBy(recall: Recall): RecordedConversationMemory {
    return new RecordedConversationMemory(this.state, recall);
  }

  /** The view that is shown. */
  get strategy(): MemoryStrategy {
    return strategyOf(this.state);
  }

  /** Whether a summary stands for what was folded away: then recall may bring it back. The other views show no more than they say. */
  get showsSummary(): boolean {
    return this.strategy === "summary" || this.strategy === "summary_buffer";
  }

  /** What the customer asks now: their messages of the newest turn. */
  get question(): string {
    return newestQuestion(this.state.tail);
  }

  get stamp(): MemoryStamp {
    return { version: this.state.version, lastSeq: this.state.lastSeq };
  }

  /** What enters the prompt, never above the limit and never without the newest turn, which is the question. */
  promptBlock(
    tokensMax: number = hardLimitTokens(),
    question: string = this.question,
  ): PromptBlock {
    return promptBlock(this.view, tokensMax, this.touchedBy(question));
  }

  /** What a question touches of the folded past, the most touched first; nothing without recall. */
  touchedBy(question: string): RecordedMessage[] {
    return this.recall?.(question) ?? [];
  }

  /** Summary, what the input touches of the folded past, and the raw tail. */
  override async loadMemoryVariables(values: InputValues): Promise<MemoryVariables> {
    const { [this.memoryKey]: loaded } = await super.loadMemoryVariables(values);
    const messages: BaseMessage[] = loaded;
    const input: unknown = values[this.inputKey ?? "input"];
    const touched = typeof input === "string" ? this.touchedBy(input) : [];
    const { messages: recalled } = selectRecalled(touched, policy.recallTokensMax);
    const at = messages.length - this.view.tail.length;
    const shown = recalled.length > 0 ? [new SystemMessage(renderRecalled(recalled))] : [];
    return { [this.memoryKey]: [...messages.slice(0, at), ...shown, ...messages.slice(at)] };
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

function newestQuestion(tail: readonly RecordedMessage[]): string {
  const newest = splitTurns(tail).at(-1) ?? [];
  return newest.flatMap(({ role, text }) => (role === "customer" ? [text] : [])).join("\n");
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
