import type { BaseChatModel } from "@langchain/core/language_models/chat_models";
import { ChatOpenAI, ChatOpenAICompletions } from "@langchain/openai";
import { env } from "@/lib/env";
import { once } from "@/lib/once";
import type { ModelFault } from "./faults";
import { OfflineModel } from "./offline-model";
import type { ModelInUse } from "./schema";
import { openWire, type Wire } from "./wire";

/** A model to answer with. `wire` is how it is reached; null when it runs in this process. */
export type AnsweringModel = ModelInUse & { wire: Wire | null; chat: BaseChatModel };

const WORD_DELAY_MS = 14;
/** What the model in this process is called wherever a model's name stands. */
export const OFFLINE = "offline model";
const OPENAI = "https://api.openai.com/v1";

/** Where a model is, as the environment or a test says it. */
export type Endpoint = { apiKey: string; baseUrl: string; model: string; temperature: number };

/** The configured endpoints in the order in which they are asked; none means that the model in this process answers. */
export function configuredEndpoints(): Endpoint[] {
  const first = endpointOf(env.OPENAI_API_KEY, env.OPENAI_BASE_URL, env.OPENAI_MODEL);
  const second = endpointOf(
    env.SECOND_OPENAI_API_KEY,
    env.SECOND_OPENAI_BASE_URL,
    env.SECOND_OPENAI_MODEL,
  );
  return [first, second].filter((endpoint) => endpoint !== null);
}

function endpointOf(
  apiKey: string | undefined,
  baseUrl: string | undefined,
  model: string,
): Endpoint | null {
  return apiKey
    ? { apiKey, baseUrl: baseUrl ?? OPENAI, model, temperature: env.OPENAI_TEMPERATURE }
    : null;
}

/** Which model answers on this installation, for the page to say. */
export function modelInUse(): ModelInUse {
  const [endpoint] = configuredEndpoints();
  return endpoint ? { kind: "openai", name: endpoint.model } : { kind: "offline", name: OFFLINE };
}

export function offlineModel(
  options: { preface?: string; wordDelayMs?: number } = {},
): AnsweringModel {
  return {
    kind: "offline",
    name: OFFLINE,
    wire: null,
    chat: new OfflineModel({
      wordDelayMs: env.NODE_ENV === "test" ? 0 : WORD_DELAY_MS,
      ...options,
    }),
  };
}

type Line = { chat: BaseChatModel; wire: Wire };

const IDLE_MAX = 64;

/** Clients that nobody uses, by everything that they were made with: to make one costs as much as half a turn's SQL. */
function idleLines(what: readonly unknown[]): Line[] {
  const all = once<Map<string, Line[]>>("idle-model-lines", () => new Map());
  const key = JSON.stringify(what);
  const idle = all.get(key) ?? [];
  all.set(key, idle);
  return idle;
}

/**
 * Any OpenAI-compatible endpoint. Retries are ours, because only before the first token may a call be repeated. Whoever
 * has heard an answer to its end may give the model's client back; one that is still at it is nobody else's.
 */
export function openaiModel(
  endpoint: Endpoint,
  connectMs: number,
): AnsweringModel & { giveBack: () => void } {
  const { baseUrl, model } = endpoint;
  const refused = refusedParameters(baseUrl, model);
  const idle = idleLines([endpoint, connectMs, ...refused]);
  const line = idle.pop() ?? openLine(endpoint, connectMs, refused);
  line.wire.renew();
  const giveBack = () => {
    // Its listener holds the turn that is over.
    line.wire.renew();
    if (idle.length < IDLE_MAX) {
      idle.push(line);
    }
  };
  return { kind: "openai", name: model, ...line, giveBack };
}

function openLine(
  { apiKey, baseUrl, model, temperature }: Endpoint,
  connectMs: number,
  refused: ReadonlySet<string>,
): Line {
  const wire = openWire(new URL(baseUrl), connectMs);
  const fields = {
    apiKey,
    model,
    streaming: true,
    maxRetries: 0,
    useResponsesApi: false,
    streamUsage: !refused.has("stream_options"),
    ...(refused.has("temperature") ? {} : { temperature }),
    // Its own log would print what the endpoint sent.
    configuration: { baseURL: baseUrl, maxRetries: 0, logLevel: "off" as const, fetch: wire.fetch },
  };
  // An agent asks a copy of its model, which has tools bound to it. The copy goes on with this client, and makes none.
  const completions = new ChatOpenAICompletions(fields);
  return { wire, chat: new ChatOpenAI({ ...fields, completions }) };
}

const OPTIONAL = ["temperature", "stream_options"];

function refusedParameters(baseUrl: string, model: string): Set<string> {
  const all = once<Map<string, Set<string>>>("refused-parameters", () => new Map());
  const key = `${baseUrl} ${model}`;
  const refused = all.get(key) ?? new Set();
  all.set(key, refused);
  return refused;
}

/** Some models take no temperature. Whether this is such a refusal, of a parameter that was sent. */
export function refusesParameter(endpoint: Endpoint, fault: ModelFault): boolean {
  return refusedIn(endpoint, fault) !== undefined;
}

/** Learns it from their refusal; true when the next call will be another one. */
export function learnRefusal(endpoint: Endpoint, fault: ModelFault): boolean {
  const named = refusedIn(endpoint, fault);
  if (named) {
    refusedParameters(endpoint.baseUrl, endpoint.model).add(named);
  }
  return named !== undefined;
}

function refusedIn({ baseUrl, model }: Endpoint, { code, cause }: ModelFault): string | undefined {
  if (code !== "rejected" || !(cause instanceof Error)) {
    return undefined;
  }
  const refused = refusedParameters(baseUrl, model);
  return OPTIONAL.find((parameter) => cause.message.includes(parameter) && !refused.has(parameter));
}
