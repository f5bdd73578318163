import {
  getInputValue,
  type InputValues,
  type MemoryVariables,
  type OutputValues,
} from "@langchain/core/memory";
import { type BaseMessage, SystemMessage } from "@langchain/core/messages";
import type { BasePromptTemplate } from "@langchain/core/prompts";
import { log } from "@/lib/observability";
import { ChatMemory, type ChatMemoryInput, lastTurns } from "./chat-memory";
import { KnowledgeGraph } from "./knowledge-graph";
import { entitiesPrompt, triplesPrompt } from "./knowledge-prompts";
import { parseEntities, parseTriples } from "./knowledge-text";
import { mentioned } from "./mentioned";
import { indent } from "./render";
import type { Triple } from "./schema";
import { askModel, nameOf, type TextModel } from "./text-model";

export type ConversationKGMemoryInput = ChatMemoryInput & {
  llm?: TextModel;
  kg?: KnowledgeGraph;
  /** How many of the newest turns the model reads with a line, to know what its words stand for. */
  k?: number;
  /** Both prompts must hold `{history}` and `{input}`, and nothing else. */
  knowledgeExtractionPrompt?: string | BasePromptTemplate;
  entityExtractionPrompt?: string | BasePromptTemplate;
  summaryMessageClass?: new (content: string) => BaseMessage;
};

const TURNS_READ = 2;

/**
 * LangChain's ConversationKGMemory: a graph of what was said, of which the part is shown that a question touches.
 * Python's class is the reference (langchain_community `memory/kg.py`; JavaScript has none).
 */
export class ConversationKGMemory extends ChatMemory {
  readonly kg: KnowledgeGraph;
  readonly k: number;
  private readonly llm: TextModel | undefined;
  private readonly triplesPrompt: BasePromptTemplate;
  private readonly entitiesPrompt: BasePromptTemplate;
  private readonly summaryMessageClass: new (
    content: string,
  ) => BaseMessage;
  /** Inputs that the model could not read yet. */
  private unread: string[] = [];
  private reading: Promise<void> = Promise.resolve();

  constructor(input: ConversationKGMemoryInput = {}) {
    super(input);
    this.llm = input.llm;
    this.kg = input.kg ?? new KnowledgeGraph();
    this.k = input.k ?? TURNS_READ;
    this.triplesPrompt = triplesPrompt(input.knowledgeExtractionPrompt);
    this.entitiesPrompt = entitiesPrompt(input.entityExtractionPrompt);
    this.summaryMessageClass = input.summaryMessageClass ?? SystemMessage;
  }

  /** What is known of what the input is about: one message, or one line, for each entity. */
  override async loadMemoryVariables(values: InputValues): Promise<MemoryVariables> {
    const entities = await this.findEntities(String(getInputValue(values, this.inputKey)));
    const known = entities.flatMap((entity) => {
      const sentences = this.kg.getEntityKnowledge(entity);
      return sentences.length > 0 ? [`On ${entity}: ${sentences.join(". ")}.`] : [];
    });
    return {
      [this.memoryKey]: this.returnMessages
        ? known.map((text) => new this.summaryMessageClass(text))
        : known.join("\n"),
    };
  }

  /** Stores both sides of a turn, then reads the input into the graph. Never throws for the model. */
  override async saveContext(inputValues: InputValues, outputValues: OutputValues): Promise<void> {
    await super.saveContext(inputValues, outputValues);
    this.unread.push(String(getInputValue(inputValues, this.inputKey)));
    this.reading = this.reading.catch(() => undefined).then(() => this.readAll());
    await this.reading;
  }

  /** Asks the model what an input is about. */
  async getCurrentEntities(input: string): Promise<string[]> {
    return parseEntities(await this.ask(this.entitiesPrompt, input));
  }

  /** Asks the model what an input states. */
  async getKnowledgeTriples(input: string): Promise<Triple[]> {
    return parseTriples(await this.ask(this.triplesPrompt, input));
  }

  /** What holds now, as `[subject, object, predicate]`. */
  getTriples(): [subject: string, object: string, predicate: string][] {
    return this.kg.getTriples();
  }

  override async clear(): Promise<void> {
    await super.clear();
    this.kg.clear();
    this.unread = [];
  }

  private async ask(prompt: BasePromptTemplate, input: string): Promise<string> {
    const history = this.render(lastTurns(await this.chatHistory.getMessages(), this.k));
    return askModel(this.llm, await prompt.format({ history, input: indent(input) }));
  }

  /** Without the model, what the graph knows by name and the input names. */
  private async findEntities(input: string): Promise<string[]> {
    try {
      return await this.getCurrentEntities(input);
    } catch (error) {
      log.warn({ event: "memory_entities_failed", reason: nameOf(error) });
      return mentioned(this.kg.getEntities(), input);
    }
  }

  private async readAll(): Promise<void> {
    for (let [input] = this.unread; input !== undefined; [input] = this.unread) {
      try {
        for (const triple of await this.getKnowledgeTriples(input)) {
          this.kg.addTriple(triple);
        }
      } catch (error) {
        log.warn({ event: "memory_triples_failed", reason: nameOf(error) });
        return;
      }
      this.unread.shift();
    }
  }
}
