import { AIMessage, type BaseMessage, HumanMessage, SystemMessage } from "@langchain/core/messages";
import {
  ConversationBufferMemory,
  ConversationBufferWindowMemory,
  ConversationKGMemory,
  ConversationSummaryBufferMemory,
  ConversationSummaryMemory,
} from "@/lib/memory";
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

type Memory = ReturnType<typeof make>;

/** Parts a prompt's variables for the scripted model; no text of a trace holds it. */
const PART = "\u0000";

/** Does a plan with our own classes. */
export async function replay(plan: Plan): Promise<Seen> {
  const model = new ScriptedModel(plan);
  const steps: SeenStep[] = [];
  let memory: Memory;
  try {
    memory = make(plan, model);
  } catch (error) {
    return { refused: messageOf(error), steps, calls: [] };
  }
  if (plan.store === "copy") {
    const { chatHistory } = memory;
    const read = chatHistory.getMessages.bind(chatHistory);
    chatHistory.getMessages = async () => [...(await read())];
  }
  for (const operation of plan.operations) {
    const done = await attempt(memory, operation);
    steps.push({ ...done, ...(await look(memory)), llmCalls: model.calls.length });
  }
  return { refused: null, steps, calls: model.calls };
}

function make({ kind, options }: Plan, model: ScriptedModel) {
  const { k, maxTokenLimit, inputKey, outputKey, ...rest } = options;
  const common = {
    ...rest,
    ...(inputKey !== undefined && { inputKey }),
    ...(outputKey !== undefined && { outputKey }),
  };
  const turns = k === undefined ? {} : { k };
  const llm = { invoke: async (prompt: string) => model.answer(callOf(prompt)) };
  const prompt = `SUMMARY${PART}{summary}${PART}{new_lines}`;
  switch (kind) {
    case "buffer":
      return new ConversationBufferMemory(common);
    case "window":
      return new ConversationBufferWindowMemory({ ...common, ...turns });
    case "summary":
      return new ConversationSummaryMemory({ ...common, llm, prompt });
    case "summaryBuffer": {
      const limit = maxTokenLimit === undefined ? {} : { maxTokenLimit };
      return new ConversationSummaryBufferMemory({
        ...common,
        ...limit,
        llm,
        prompt,
        countTokens: words,
      });
    }
    case "graph":
      return new ConversationKGMemory({
        ...common,
        ...turns,
        llm,
        knowledgeExtractionPrompt: `KNOWLEDGE_TRIPLE_EXTRACTION_PROMPT${PART}{history}${PART}{input}`,
        entityExtractionPrompt: `ENTITY_EXTRACTION_PROMPT${PART}{history}${PART}{input}`,
      });
  }
}

function callOf(prompt: string): Record<string, string> {
  const [name = "", first = "", second = ""] = prompt.split(PART);
  return name === "SUMMARY"
    ? { summary: first, new_lines: second }
    : { prompt: name, history: first, input: second };
}

async function attempt(
  memory: Memory,
  operation: Operation,
): Promise<Pick<SeenStep, "result" | "error">> {
  try {
    const result = await run(memory, operation);
    return { ...(result && { result }), error: null };
  } catch (error) {
    return { error: messageOf(error) };
  }
}

async function run(
  memory: Memory,
  operation: Operation,
): Promise<Record<string, unknown> | undefined> {
  switch (operation.op) {
    case "save":
      await memory.saveContext(operation.inputs, operation.outputs);
      return;
    case "load": {
      const loaded = await memory.loadMemoryVariables(operation.inputs);
      return Object.fromEntries(
        Object.entries(loaded).map(([key, value]) => [
          key,
          Array.isArray(value) ? value.map(toSaid) : value,
        ]),
      );
    }
    case "add":
      return memory.chatHistory.addMessage(toMessage(operation.message)).then(() => undefined);
    case "setSummary":
      setSummary(memory, operation.value);
      return;
    case "clear":
      return memory.clear().then(() => undefined);
  }
}

async function look(
  memory: Memory,
): Promise<Pick<SeenStep, "stored" | "storedCount" | "summary" | "triples">> {
  const stored = (await memory.chatHistory.getMessages()).map(toSaid);
  const summary = summaryOf(memory);
  return {
    stored,
    storedCount: stored.length,
    ...(summary !== undefined && { summary }),
    ...(memory instanceof ConversationKGMemory && { triples: memory.getTriples() }),
  };
}

function summaryOf(memory: Memory): string | undefined {
  if (memory instanceof ConversationSummaryMemory) {
    return memory.buffer;
  }
  return memory instanceof ConversationSummaryBufferMemory ? memory.movingSummaryBuffer : undefined;
}

function setSummary(memory: Memory, value: string): void {
  if (memory instanceof ConversationSummaryMemory) {
    memory.buffer = value;
  } else if (memory instanceof ConversationSummaryBufferMemory) {
    memory.movingSummaryBuffer = value;
  } else {
    throw new Error("This memory has no summary");
  }
}

function toSaid(message: BaseMessage): Said {
  return { type: message.type, content: message.text };
}

function toMessage({ type, content }: Said): BaseMessage {
  switch (type) {
    case "human":
      return new HumanMessage(content);
    case "ai":
      return new AIMessage(content);
    case "system":
      return new SystemMessage(content);
    default:
      throw new Error(`A message of type ${type} cannot be added here`);
  }
}
