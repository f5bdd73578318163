import { comparedTerms, cutWords, detectStemmed, type StemmedLanguage } from "@/lib/rank";
import { dateWords } from "./recall-dates";
import type { RecordedMessage } from "./schema";

/** BM25 (Robertson and Zaragoza 2009). Messages of a chat are short, so length counts less than in articles. */
const K1 = 1.2;
const B = 0.5;
/** Rare words count a little more than in BM25. */
const RARITY_POWER = 1.2;
/** An answer rarely repeats the words of its question, so what stands beside a match is touched, too. */
const BESIDE = [0.5, 0.25];
/** A question that names a speaker asks for what that speaker said. */
const NAMED_SPEAKER = 2;
const DATE_WEIGHT = 0.5;
/** A sitting that is about the question lifts all that was said in it, by its best messages. */
const SITTING_SHARE = 0.2;
const SITTING_BEST = 3;
const SITTING_GAP_MS = 6 * 3600 * 1000;
/** Messages touched less than this, beside the one touched most, are left where they are. */
const WORTH_RECALLING = 0.15;

type Entry = { message: RecordedMessage; sitting: number; length: number; weight: number };

/**
 * The messages of one conversation that were folded away, searchable by what a question touches. Grows by appending;
 * searching changes nothing. It holds text in the clear, so it lives in the process only.
 */
export class RecallIndex {
  private readonly entries: Entry[] = [];
  private readonly seqs = new Set<number>();
  /** term → [entry, frequency, …] flat. */
  private readonly postings = new Map<string, number[]>();
  private readonly speakers = new Map<string, Set<number>>();
  private totalLength = 0;
  private language: StemmedLanguage | null = null;
  private readonly assistantWeight: number;

  constructor(options: { assistantWeight: number }) {
    this.assistantWeight = options.assistantWeight;
  }

  get size(): number {
    return this.entries.length;
  }

  has(seq: number): boolean {
    return this.seqs.has(seq);
  }

  /** A new one of the same kind, without a message. */
  emptied(): RecallIndex {
    return new RecallIndex({ assistantWeight: this.assistantWeight });
  }

  /** Takes what customer, assistant and staff said, oldest first. What a tool said stands in the answer made of it. */
  add(messages: readonly RecordedMessage[]): void {
    for (const message of messages) {
      if (message.role === "customer" || message.role === "assistant" || message.role === "staff") {
        this.addOne(message);
      }
    }
  }

  /** The messages that the question touches, the most touched first; none when it holds no word of them. */
  search(question: string): RecordedMessage[] {
    const words = cutWords(question);
    // A short question does not tell its language; then it is the conversation's.
    const terms = new Set(comparedTerms(words, detectStemmed(words) ?? this.language));
    const touched = this.spread(this.score(terms), new Set(words));
    const order = worthRecalling(touched);
    order.sort((a, b) => (touched[b] ?? 0) - (touched[a] ?? 0) || b - a);
    return order.flatMap((at) => this.entries[at]?.message ?? []);
  }

  private addOne(message: RecordedMessage): void {
    const words = cutWords(message.text);
    this.language = detectStemmed(words) ?? this.language;
    const terms = comparedTerms(words, this.language);
    const previous = this.entries.at(-1);
    const at = this.entries.push({
      message,
      sitting: previous ? sittingAfter(previous, message) : 0,
      length: terms.length,
      weight: message.role === "assistant" ? this.assistantWeight : 1,
    });
    this.totalLength += terms.length;
    this.seqs.add(message.seq);
    const frequencies = new Map<string, number>();
    for (const term of terms) {
      frequencies.set(term, (frequencies.get(term) ?? 0) + 1);
    }
    for (const term of comparedTerms(dateWords(message.createdAt, this.language), this.language)) {
      frequencies.set(term, (frequencies.get(term) ?? 0) + DATE_WEIGHT);
    }
    for (const [term, frequency] of frequencies) {
      const posting = this.postings.get(term) ?? [];
      posting.push(at - 1, frequency);
      this.postings.set(term, posting);
    }
    this.keepSpeaker(message.speaker, at - 1);
  }

  private keepSpeaker(speaker: string, at: number): void {
    for (const name of cutWords(speaker)) {
      const spoken = this.speakers.get(name) ?? new Set();
      spoken.add(at);
      this.speakers.set(name, spoken);
    }
  }

  private score(terms: ReadonlySet<string>): Float64Array {
    const scores = new Float64Array(this.entries.length);
    const averageLength = Math.max(1, this.totalLength / Math.max(1, this.entries.length));
    for (const term of terms) {
      const posting = this.postings.get(term) ?? [];
      const count = posting.length / 2;
      const rarity = Math.log(1 + (scores.length - count + 0.5) / (count + 0.5)) ** RARITY_POWER;
      for (let n = 0; n < posting.length; n += 2) {
        const at = posting[n] ?? 0;
        const frequency = posting[n + 1] ?? 0;
        const { length = 0, weight = 1 } = this.entries[at] ?? {};
        const norm = K1 * (1 - B + (B * length) / averageLength);
        scores[at] =
          (scores[at] ?? 0) + (weight * rarity * frequency * (K1 + 1)) / (frequency + norm);
      }
    }
    return scores;
  }

  /** What each message is touched in all: by itself, by what stands beside it, and by what else its sitting is about. */
  private spread(scores: Float64Array, asked: ReadonlySet<string>): Float64Array {
    const touched = Float64Array.from(scores);
    for (let at = 0; at < scores.length; at += 1) {
      const score = scores[at] ?? 0;
      if (score > 0) {
        this.touchBeside(touched, at, score);
      }
    }
    const sittings = this.bestOfSittings(touched);
    const named = [...asked].flatMap((word) => this.speakers.get(word) ?? []);
    for (let at = 0; at < touched.length; at += 1) {
      const sitting = sittings.get(this.entries[at]?.sitting ?? 0) ?? 0;
      const factor = named.some((spoken) => spoken.has(at)) ? NAMED_SPEAKER : 1;
      touched[at] = ((touched[at] ?? 0) + SITTING_SHARE * sitting) * factor;
    }
    return touched;
  }

  private touchBeside(touched: Float64Array, at: number, score: number): void {
    for (const [index, share] of BESIDE.entries()) {
      for (const beside of [at - index - 1, at + index + 1]) {
        if (this.entries[beside]?.sitting === this.entries[at]?.sitting) {
          touched[beside] = (touched[beside] ?? 0) + share * score;
        }
      }
    }
  }

  private bestOfSittings(touched: Float64Array): Map<number, number> {
    const best = new Map<number, number[]>();
    for (let at = 0; at < touched.length; at += 1) {
      const score = touched[at] ?? 0;
      if (score > 0) {
        const sitting = this.entries[at]?.sitting ?? 0;
        const known = best.get(sitting) ?? [];
        best.set(sitting, known);
        keepBest(known, score);
      }
    }
    return new Map(
      [...best].map(([sitting, scores]) => [
        sitting,
        scores.reduce((sum, score) => sum + score, 0) / SITTING_BEST,
      ]),
    );
  }
}

/** Before they are sorted: of a long conversation most are touched, and few of them enough. */
function worthRecalling(touched: Float64Array): number[] {
  const least = touched.reduce((most, each) => Math.max(most, each), 0) * WORTH_RECALLING;
  const worth: number[] = [];
  for (let at = 0; at < touched.length; at += 1) {
    const score = touched[at] ?? 0;
    if (score > 0 && score >= least) {
      worth.push(at);
    }
  }
  return worth;
}

function keepBest(best: number[], score: number): void {
  if (best.length < SITTING_BEST || score > (best.at(-1) ?? 0)) {
    best.push(score);
    best.sort((a, b) => b - a);
    best.length = Math.min(best.length, SITTING_BEST);
  }
}

function sittingAfter(previous: Entry, message: RecordedMessage): number {
  const gapMs = Date.parse(message.createdAt) - Date.parse(previous.message.createdAt);
  return gapMs > SITTING_GAP_MS ? previous.sitting + 1 : previous.sitting;
}
