/** Anything of LangChain that answers a prompt: a chat model, an older completion model, a chain. */
export type TextModel = { invoke(prompt: string): Promise<unknown> };

/** What the model answers in words; "" when it answers none. */
export async function askModel(llm: TextModel | undefined, prompt: string): Promise<string> {
  if (!llm) {
    throw new Error("This memory was made without a model, so it cannot ask one");
  }
  const answer = await llm.invoke(prompt);
  if (typeof answer === "string") {
    return answer;
  }
  const text = (answer as { text?: unknown } | null)?.text;
  return typeof text === "string" ? text : "";
}

/** What may be logged of a failure: its name, never its words, which can quote the conversation. */
export function nameOf(error: unknown): string {
  return error instanceof Error ? error.name : "unknown";
}
