import { readFileSync } from "node:fs";
import { z } from "zod";
import { countTokens } from "@/lib/memory";
import type { RecordedMessage } from "@/lib/memory/schema";
import { Placeholders } from "./placeholders";

/** LoCoMo (Maharana et al. 2024): very long conversations of two people over many sessions, and questions about them. */
const Turn = z.object({ speaker: z.string(), dia_id: z.string(), text: z.string() });
const Sample = z.object({
  sample_id: z.string(),
  conversation: z.looseObject({ speaker_a: z.string(), speaker_b: z.string() }),
  qa: z.array(z.object({ question: z.string(), category: z.int(), evidence: z.array(z.string()) })),
});

/** Category 5 asks for what was never said, so nothing is evidence of it. */
const CATEGORY_MAX = 4;
const MINUTE_MS = 60_000;

export type Question = { text: string; evidence: string[] };
export type Dialogue = { id: string; messages: RecordedMessage[]; questions: Question[] };

/** The conversations of a file, redacted. The first speaker is the customer, the second the assistant. */
export function readLocomo(file: string): Dialogue[] {
  const samples = z.array(Sample).parse(JSON.parse(readFileSync(file, "utf8")));
  return samples.map(({ sample_id: id, conversation, qa }) => {
    const placeholders = new Placeholders();
    const messages = readMessages(conversation, placeholders);
    const known = new Set(messages.map((message) => message.id));
    const questions = qa
      .filter(({ category }) => category <= CATEGORY_MAX)
      .map(({ question, evidence }) => ({
        text: placeholders.redact(question),
        evidence: evidenceOf(evidence, known),
      }));
    return { id, messages, questions: questions.filter(({ evidence }) => evidence.length > 0) };
  });
}

/** Some hold several ids in one text, and a few name a turn that is not there. */
function evidenceOf(evidence: readonly string[], known: ReadonlySet<string>): string[] {
  const ids = evidence.flatMap((each) => each.split(/[;,\s]+/)).filter((id) => known.has(id));
  return [...new Set(ids)];
}

function readMessages(
  conversation: z.output<typeof Sample>["conversation"],
  placeholders: Placeholders,
): RecordedMessage[] {
  const messages: RecordedMessage[] = [];
  for (let session = 1; conversation[`session_${session}`] !== undefined; session += 1) {
    const turns = z.array(Turn).parse(conversation[`session_${session}`]);
    const startMs = startOf(z.string().parse(conversation[`session_${session}_date_time`]));
    for (const [index, { speaker, dia_id: id, text }] of turns.entries()) {
      const redacted = placeholders.redact(text);
      messages.push({
        id,
        seq: messages.length + 1,
        role: speaker === conversation.speaker_a ? "customer" : "assistant",
        speaker: placeholders.redact(speaker),
        text: redacted,
        tokens: countTokens(redacted),
        createdAt: new Date(startMs + index * MINUTE_MS).toISOString(),
      });
    }
  }
  return messages;
}

/** "1:56 pm on 8 May, 2023" */
function startOf(said: string): number {
  const [, time = "", day = ""] = /^(.+?) on (.+)$/.exec(said) ?? [];
  const startMs = Date.parse(`${day} ${time} UTC`);
  if (Number.isNaN(startMs)) {
    throw new Error(`Not a date as LoCoMo writes it: ${said}`);
  }
  return startMs;
}
