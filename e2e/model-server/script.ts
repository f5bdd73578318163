import { z } from "zod";
import { errorNames } from "./errors";

/** What the server does with one request. */
export const Step = z.object({
  /** The answer, sent word by word. */
  text: z.string().optional(),
  toolCalls: z
    .array(
      z.object({
        name: z.string(),
        id: z.string().optional(),
        args: z.union([z.record(z.string(), z.unknown()), z.string()]),
      }),
    )
    .optional(),
  /** Before the first token, and between two. */
  delayMs: z.number().int().nonnegative().default(0),
  tokenDelayMs: z.number().int().nonnegative().default(0),
  /** Why it says that it ended. */
  finish: z.enum(["stop", "length", "content_filter"]).default("stop"),
  /** The header Retry-After of an error. */
  retryAfter: z.string().optional(),
  fault: z
    .enum([
      /** The connection is closed without an answer. */
      "refuse",
      /** Accepts the request and never answers. */
      "hang",
      /** Begins to answer and never comes to a word. */
      "silent",
      /** Sends half of the text, then nothing more. */
      "stall",
      /** Sends half of the text, then cuts the connection. */
      "cut",
      /** Sends half of the text, then says that it has an error. */
      "error_event",
      /** Sends something that is not JSON. */
      "malformed",
      /** Sends half of the text, then something that is not JSON. */
      "garbled",
      /** A well-formed answer without a word. */
      "empty",
      /** Says the text over and over. */
      "endless",
      /** Refuses the parameter `temperature` where it is sent. */
      "no_temperature",
      ...errorNames,
    ])
    .optional(),
});
export type Step = z.input<typeof Step>;
export type ParsedStep = z.output<typeof Step>;

/** Steps in order; each answers one request. With `match`, only requests whose last customer message contains it. */
export const Script = z.object({
  match: z.string().optional(),
  steps: z.array(Step).min(1),
  /** Begin again after the last step. */
  repeat: z.boolean().default(false),
  /** Answers questions for facts, and nothing else. */
  facts: z.boolean().default(false),
});
export type Script = z.input<typeof Script>;

export const ChatRequest = z.looseObject({
  model: z.string(),
  stream: z.boolean().default(false),
  temperature: z.number().optional(),
  messages: z.array(
    z.looseObject({
      role: z.string(),
      content: z.union([z.string(), z.array(z.unknown()), z.null()]).optional(),
    }),
  ),
});
export type ChatRequest = z.infer<typeof ChatRequest>;

/** What the last customer message says. */
export function lastUserText({ messages }: ChatRequest): string {
  const content = messages.findLast(({ role }) => role === "user")?.content;
  return typeof content === "string" ? content : JSON.stringify(content ?? "");
}

/**
 * Facts are read behind the answers, also of the shop's own conversations, at a moment that no journey knows. They quote
 * what customers said, and must not take what was scripted for an answer; left alone they would look like an endpoint
 * that is down, and customers be answered by another model.
 */
export function asksForFacts(request: ChatRequest): boolean {
  return lastUserText(request).startsWith("<earlier_lines>");
}

/** What a question for facts is answered where nobody scripted it. */
export const NO_FACTS: ParsedStep = Step.parse({ text: '{"facts": []}' });
