import "server-only";

/**
 * What texts mean, by an embeddings endpoint that the operator names. It is asked beside ranked search and never in place
 * of it: without an endpoint, or while it is slow or down, search goes on by words alone.
 */
export {
  configuredEmbedder,
  type Embedder,
  type EmbeddingEndpoint,
  openEmbedder,
} from "./embedder";
export { type Candidate, type Keep, type Rerank, reranker } from "./rerank";
export { keepPassageVectors } from "./store";
