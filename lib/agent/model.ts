import type { BaseChatModel } from "@langchain/core/language_models/chat_models";
import { ChatOpenAI } from "@langchain/openai";
import { env } from "@/lib/env";
import { once } from "@/lib/once";
import { OfflineModel } from "./offline-model";
import type { ModelInUse } from "./schema";

/** A model to answer with. `endpoint` is where it is reached; null when it runs in this process. */
export type AnsweringModel = ModelInUse & { endpoint: URL | null; chat: BaseChatModel };

const WORD_DELAY_MS = 14;
const OPENAI = "https://api.openai.com/v1";

/** Where a model is, as the environment or a test says it. */
export type Endpoint = { apiKey: string; baseUrl: string; model: string; temperature: number };

/** The configured endpoint, or null without a key. */
export function configuredEndpoint(): Endpoint | null {
  return env.OPENAI_API_KEY
    ? {
        apiKey: env.OPENAI_API_KEY,
        baseUrl: env.OPENAI_BASE_URL ?? OPENAI,
        model: env.OPENAI_MODEL,
        temperature: env.OPENAI_TEMPERATURE,
      }
    : null;
}

/** Which model answers on this installation, for the page to say. */
export function modelInUse(): ModelInUse {
  const endpoint = configuredEndpoint();
  return endpoint
    ? { kind: "openai", name: endpoint.model }
    : { kind: "offline", name: "offline model" };
}

export function answeringModel(endpoint = configuredEndpoint()): AnsweringModel {
  return endpoint ? openaiModel(endpoint, { streaming: true }) : offlineModel();
}

export function offlineModel(
  options: { preface?: string; wordDelayMs?: number } = {},
): AnsweringModel {
  return {
    kind: "offline",
    name: "offline model",
    endpoint: null,
    chat: new OfflineModel({
      wordDelayMs: env.NODE_ENV === "test" ? 0 : WORD_DELAY_MS,
      ...options,
    }),
  };
}

/** Any OpenAI-compatible endpoint. Retries are ours, because only before the first token may a call be repeated. */
export function openaiModel(
  { apiKey, baseUrl, model, temperature }: Endpoint,
  { streaming }: { streaming: boolean },
): AnsweringModel {
  const refused = refusedParameters(baseUrl, model);
  const chat = new ChatOpenAI({
    apiKey,
    model,
    streaming,
    maxRetries: 0,
    useResponsesApi: false,
    streamUsage: !refused.has("stream_options"),
    ...(refused.has("temperature") ? {} : { temperature }),
    // Its own log would print what the endpoint sent.
    configuration: { baseURL: baseUrl, maxRetries: 0, logLevel: "off" },
  });
  return { kind: "openai", name: model, endpoint: new URL(baseUrl), chat };
}

const OPTIONAL = ["temperature", "stream_options"];

function refusedParameters(baseUrl: string, model: string): Set<string> {
  const all = once<Map<string, Set<string>>>("refused-parameters", () => new Map());
  const key = `${baseUrl} ${model}`;
  const refused = all.get(key) ?? new Set();
  all.set(key, refused);
  return refused;
}

/** Some models take no temperature. Learns it from their refusal; true when the next call will be another one. */
export function learnRefusal({ baseUrl, model }: Endpoint, error: unknown): boolean {
  const text = error instanceof Error ? `${error.message} ${String(error.cause ?? "")}` : "";
  const refused = refusedParameters(baseUrl, model);
  const named = OPTIONAL.find((parameter) => text.includes(parameter) && !refused.has(parameter));
  if (!named) {
    return false;
  }
  refused.add(named);
  return true;
}
