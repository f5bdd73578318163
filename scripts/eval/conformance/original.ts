import type { Differences } from "./differences";
import { originalCut, originalWindow } from "./original-cut";
import { OriginalGraph } from "./original-graph";
import {
  bufferString,
  findValue,
  indent,
  parseOriginalEntities,
  parseOriginalTriples,
} from "./original-text";
import {
  messageOf,
  type Operation,
  type Plan,
  type Said,
  ScriptedModel,
  type Seen,
  type SeenStep,
  words,
} from "./plan";

const LIMIT = 2000;
const WINDOW = { window: 5, graph: 2 };

/**
 * What LangChain's own class gives for a plan, transcribed from its source, with some of our differences put in. With
 * none it must give what the trace recorded; with those that are named it must give what our class gives, to the letter.
 */
export function predict(plan: Plan, differences: Differences): Seen {
  const limit = plan.options.maxTokenLimit ?? LIMIT;
  const refuses = plan.kind === "summaryBuffer" && differences.has("limits-above-0");
  if (refuses && !(limit > 0)) {
    return { refused: `maxTokenLimit must be above 0, not ${limit}`, steps: [], calls: [] };
  }
  const original = new Original(plan, differences);
  const steps = plan.operations.map((operation) => original.step(operation));
  return { refused: null, steps, calls: original.model.calls };
}

class Original {
  readonly model: ScriptedModel;
  readonly #plan: Plan;
  readonly #differences: Differences;
  readonly #graph: OriginalGraph;
  #stored: Said[] = [];
  #summary = "";
  /** Ours only: how much of the history the summary holds, and the inputs that are not read yet. */
  #summarised = 0;
  #unread: string[] = [];

  constructor(plan: Plan, differences: Differences) {
    this.#plan = plan;
    this.#differences = differences;
    this.model = new ScriptedModel(plan);
    this.#graph = new OriginalGraph((difference) => differences.has(difference));
  }

  step(operation: Operation): SeenStep {
    const { kind } = this.#plan;
    let done: Pick<SeenStep, "result" | "error">;
    try {
      const result = this.#run(operation);
      done = { ...(result && { result }), error: null };
    } catch (error) {
      done = { error: messageOf(error) };
    }
    return {
      ...done,
      stored: [...this.#stored],
      storedCount: this.#stored.length,
      ...((kind === "summary" || kind === "summaryBuffer") && { summary: this.#summary }),
      llmCalls: this.model.calls.length,
      ...(kind === "graph" && { triples: this.#graph.triples() }),
    };
  }

  #run(operation: Operation): Record<string, unknown> | undefined {
    switch (operation.op) {
      case "save":
        this.#save(operation);
        return;
      case "load":
        return { [this.#plan.options.memoryKey]: this.#load(operation.inputs) };
      case "add":
        this.#stored.push(operation.message);
        return;
      case "setSummary":
        this.#summary = operation.value;
        return;
      case "clear":
        this.#stored = [];
        this.#summary = "";
        this.#summarised = 0;
        this.#unread = [];
        this.#graph.clear();
        return;
    }
  }

  #load(inputs: Record<string, unknown>): unknown {
    const { kind, options } = this.#plan;
    const opening = this.#summary === "" ? [] : [{ type: "system", content: this.#summary }];
    switch (kind) {
      case "buffer":
        return this.#asVariable(this.#stored);
      case "window":
        return this.#asVariable(
          originalWindow(this.#stored, options.k ?? WINDOW.window, this.#differences),
        );
      case "summary":
        return options.returnMessages
          ? [{ type: "system", content: this.#summary }]
          : this.#summary;
      case "summaryBuffer":
        return this.#asVariable([...opening, ...this.#stored]);
      case "graph":
        return this.#knowledge(String(findValue("input", inputs, options.inputKey)));
    }
  }

  #save({ inputs, outputs }: Extract<Operation, { op: "save" }>): void {
    const { kind, language, options } = this.#plan;
    const human = { type: "human", content: String(findValue("input", inputs, options.inputKey)) };
    const ai = () => ({
      type: "ai",
      content: String(findValue("output", outputs, options.outputKey)),
    });
    if (language === "py" || this.#differences.has("both-sides-or-neither")) {
      this.#stored.push(...[human, ai()]);
    } else {
      this.#stored.push(human);
      this.#stored.push(ai());
    }
    if (kind === "summary") {
      this.#summarise();
    } else if (kind === "summaryBuffer") {
      this.#prune();
    } else if (kind === "graph") {
      this.#read(human.content);
    }
  }

  #summarise(): void {
    if (!this.#differences.has("summary-loses-nothing")) {
      this.#summary = this.#predictNewSummary(this.#stored.slice(-2));
      return;
    }
    const summary = this.#trySummary(this.#stored.slice(this.#summarised));
    if (summary !== null) {
      this.#summary = summary;
      this.#summarised = this.#stored.length;
    }
  }

  #prune(): void {
    const limit = this.#plan.options.maxTokenLimit ?? LIMIT;
    const isPython =
      this.#plan.language === "py" || this.#differences.has("every-history-is-pruned");
    // JavaScript weighs the summary with the history and puts both into a list of its own, so nothing is cut off.
    const opening =
      isPython || this.#summary === "" ? [] : [{ type: "system", content: this.#summary }];
    const isAside = !isPython && (opening.length > 0 || this.#plan.store === "copy");
    const buffer = [...opening, ...this.#stored];
    const count = originalCut(
      buffer,
      (from) => words(this.#render(buffer.slice(from))) > limit,
      this.#differences,
    );
    if (count > 0) {
      this.#fold(buffer.slice(0, count), isAside ? this.#stored : buffer.slice(count));
    }
  }

  #fold(pruned: readonly Said[], left: Said[]): void {
    const isSafe = this.#differences.has("summary-loses-nothing");
    if (!isSafe) {
      this.#stored = left;
    }
    const summary = isSafe ? this.#trySummary(pruned) : this.#predictNewSummary(pruned);
    if (summary !== null) {
      this.#stored = left;
      this.#summary = summary;
    }
  }

  #read(input: string): void {
    this.#unread.push(input);
    if (!this.#differences.has("summary-loses-nothing")) {
      this.#learn(this.#unread.splice(0).at(-1) ?? "");
      return;
    }
    try {
      for (; this.#unread.length > 0; this.#unread.shift()) {
        this.#learn(this.#unread[0] ?? "");
      }
    } catch {
      // What could not be read is read with the next turn.
    }
  }

  #learn(input: string): void {
    const answer = this.#ask("KNOWLEDGE_TRIPLE_EXTRACTION_PROMPT", input);
    for (const triple of parseOriginalTriples(answer)) {
      this.#graph.add(triple);
    }
  }

  #knowledge(input: string): unknown {
    const known = parseOriginalEntities(this.#ask("ENTITY_EXTRACTION_PROMPT", input)).flatMap(
      (entity) => {
        const sentences = this.#graph.knowledge(entity, 1);
        return sentences.length > 0 ? [`On ${entity}: ${sentences.join(". ")}.`] : [];
      },
    );
    return this.#plan.options.returnMessages
      ? known.map((content) => ({ type: "system", content }))
      : known.join("\n");
  }

  #ask(prompt: string, input: string): string {
    const history = this.#render(
      originalWindow(this.#stored, this.#plan.options.k ?? WINDOW.graph, this.#differences),
    );
    const isIndented = this.#differences.has("lines-cannot-be-forged");
    return this.model.answer({ prompt, history, input: isIndented ? indent(input) : input });
  }

  #trySummary(messages: readonly Said[]): string | null {
    try {
      const summary = this.#predictNewSummary(messages);
      return summary.trim() === "" ? null : summary;
    } catch {
      return null;
    }
  }

  #predictNewSummary(messages: readonly Said[]): string {
    return this.model.answer({ summary: this.#summary, new_lines: this.#render(messages) });
  }

  #asVariable(messages: readonly Said[]): unknown {
    return this.#plan.options.returnMessages ? [...messages] : this.#render(messages);
  }

  #render(messages: readonly Said[]): string {
    const isIndented = this.#differences.has("lines-cannot-be-forged");
    return bufferString(messages, this.#plan.options, isIndented);
  }
}
