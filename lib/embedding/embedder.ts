import { z } from "zod";
import { env } from "@/lib/env";
import { once } from "@/lib/once";

/** An endpoint with OpenAI's `POST /embeddings`. */
export type EmbeddingEndpoint = { baseUrl: string; apiKey: string | undefined; model: string };

/** Vectors of texts, in their order, each of length 1. Texts are in placeholder form. */
export type Embedder = {
  model: string;
  embed(texts: readonly string[]): Promise<Float32Array[]>;
};

const Answer = z.object({
  data: z.array(z.object({ index: z.number().int(), embedding: z.array(z.number()).min(1) })),
});

/** An answer that comes later still fills what is kept, and one that never comes is given up. */
const PATIENCE_MS = 10_000;
const TEXT_CHARS_MAX = 4000;
const TEXTS_MAX = 64;

export function openEmbedder({ baseUrl, apiKey, model }: EmbeddingEndpoint): Embedder {
  const address = `${baseUrl.replace(/\/$/, "")}/embeddings`;
  const ask = async (texts: readonly string[]): Promise<Float32Array[]> => {
    const response = await fetch(address, {
      method: "POST",
      headers: {
        "Content-Type": "application/json",
        ...(apiKey && { Authorization: `Bearer ${apiKey}` }),
      },
      body: JSON.stringify({ model, input: texts.map((text) => text.slice(0, TEXT_CHARS_MAX)) }),
      signal: AbortSignal.timeout(PATIENCE_MS),
    });
    if (!response.ok) {
      throw new Error(`The embeddings endpoint answered ${response.status}`);
    }
    const { data } = Answer.parse(await response.json());
    const inOrder = data.sort((a, b) => a.index - b.index);
    if (inOrder.length !== texts.length) {
      throw new Error("The embeddings endpoint answered for other texts");
    }
    return inOrder.map(({ embedding }) => toUnit(embedding));
  };
  return {
    model,
    async embed(texts) {
      const vectors: Float32Array[] = [];
      for (let from = 0; from < texts.length; from += TEXTS_MAX) {
        vectors.push(...(await ask(texts.slice(from, from + TEXTS_MAX))));
      }
      return vectors;
    },
  };
}

function toUnit(numbers: readonly number[]): Float32Array {
  const length = Math.hypot(...numbers) || 1;
  return Float32Array.from(numbers, (number) => number / length);
}

/** The one that the environment names, or null. */
export function configuredEmbedder(): Embedder | null {
  const { EMBEDDINGS_MODEL: model, EMBEDDINGS_API_KEY, EMBEDDINGS_BASE_URL } = env;
  if (!model) {
    return null;
  }
  return once("embedding.configured", () =>
    openEmbedder({
      baseUrl: EMBEDDINGS_BASE_URL ?? env.OPENAI_BASE_URL ?? "https://api.openai.com/v1",
      apiKey: EMBEDDINGS_API_KEY ?? env.OPENAI_API_KEY,
      model,
    }),
  );
}
