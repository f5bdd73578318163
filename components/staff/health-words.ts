/** What staff should know about the machine below them, in the words of what it means for customers. */
const sentences: Record<string, string> = {
  postgres:
    "The database does not answer: nothing can be sent or saved until it is back. Tell whoever runs this installation.",
  disk: "The disk is nearly full. When it is, nothing can be saved. Tell whoever runs this installation.",
  redis:
    "Redis does not answer. Chats go on from the database, slower, and answers appear whole instead of word by word. Tell whoever runs this installation.",
  workers:
    "No process works jobs: summaries, exports and erasures wait. Tell whoever runs this installation.",
  model:
    "The language model does not answer. Customers get the built-in assistant and are offered a person.",
  mail: "Mails are not accepted. Customers who left an address do not hear of answers until they are.",
};

/** The sentences for these parts, what matters most first; a part without a sentence is none of a banner's business. */
export function healthSentences(down: readonly string[]): string[] {
  return Object.entries(sentences).flatMap(([part, sentence]) =>
    down.includes(part) ? [sentence] : [],
  );
}
