import "server-only";

/**
 * Words and ranked search in the process (BM25). The one home of cutting, stemming and comparing words: help articles,
 * the shop's catalogue, what a person said before. It keeps nothing; whoever builds an index decides where it may live.
 */
export { closestTerms, openNearTerms } from "./near-terms";
export {
  assemble,
  assembling,
  bestOf,
  type Field,
  type Postings,
  rarityOf,
  type Vector,
  type Vocabulary,
  vectorOf,
} from "./postings";
export { buildIndex, type Index, rank, termsOf } from "./rank";
export { comparedTerms, cutWords, detectStemmed, type StemmedLanguage } from "./words";
