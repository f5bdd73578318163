/** A sentence of a summary with the messages it rests on. */
export type CitedSentence = { text: string; sources: readonly string[] };

export type Citation = {
  messageId: string;
  number: number;
  /** False when the message is not in the transcript any more, or not on this page of it. */
  shown: boolean;
};

/** Numbers the cited messages in the order of the transcript, so that [1] comes before [2] in both columns. */
export function numberCitations(
  sentences: readonly CitedSentence[],
  transcript: readonly string[],
): Map<string, number> {
  const cited = new Set(sentences.flatMap(({ sources }) => sources));
  const shown = transcript.filter((id) => cited.has(id));
  const gone = [...cited].filter((id) => !transcript.includes(id));
  return new Map([...shown, ...gone].map((id, index) => [id, index + 1]));
}

/** The citations of one sentence, each message once, lowest number first. */
export function citationsOf(
  sentence: CitedSentence,
  numbers: ReadonlyMap<string, number>,
  transcript: readonly string[],
): Citation[] {
  return [...new Set(sentence.sources)]
    .map((messageId) => ({
      messageId,
      number: numbers.get(messageId) ?? 0,
      shown: transcript.includes(messageId),
    }))
    .sort((one, other) => one.number - other.number);
}

/** The id of a message's element, which a citation leads to. */
export function messageAnchor(messageId: string): string {
  return `message-${messageId}`;
}
