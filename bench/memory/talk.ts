/**
 * What is said in a bench: turns of about 101 tokens, the same in every run and for everybody who is compared. Each text
 * begins with a mark of its own, by which a summariser's witness knows what it was given.
 */
const questions = [
  "hello, my tent came with a cracked pole and we leave for the mountains on Friday, what can you do?",
  "hello, I would like to change the colour of the jacket in my last order, is there still time for that?",
  "hello there, the down sleeping bag smells of smoke after our trip, may I wash it at home or will that ruin it?",
  "good morning, the courier says nobody was at home, but I was here all day long, where is my parcel now?",
  "hi, I paid twice for the same boots as it seems, could you look into that and tell me what happened?",
];
const answers = [
  "I am sorry about that. A new pole goes out today by express and comes before your trip, order ORD-%n; please keep the cracked one, our driver takes it along. Should the weather turn before then, any pole of the same length will hold for two or three nights. The pole is free of charge, of course.",
  "Yes, there is. Order ORD-%n has not left the warehouse, so I have put down your wish for the green one. It costs 4.50 EUR more than the blue one, which we take from the same card when the parcel leaves. You will read a mail about it, and you may change your mind until this evening at six.",
  "You can wash it yourself. Use a front loader at thirty degrees with soap for down, rinse twice, and dry it slowly with two tennis balls until nothing clumps any more. That takes three hours or so. Order ORD-%n came with a small bottle of the soap, which is enough for one wash of the whole bag, not more.",
  "I have looked it up. The parcel of order ORD-%n lies at the depot near the station and is kept there until 28 November. You may fetch it with your passport from nine to six, or I send the driver once more on Thursday between ten and noon. Just tell me which of the two you would like better.",
  "I see both payments of 129.90 EUR for order ORD-%n. The second one was never taken from your account: your bank has only put it aside and lets it go within five days by itself. If it still stands there next week, write to me again and I shall pay it back the same day, without any form to fill in.",
];

const FIRST_ORDER = 100_000;

export const question = (turn: number): string => `q${turn}: ${pick(questions, turn)}`;

export const answer = (turn: number): string =>
  `a${turn}: ${pick(answers, turn).replace("%n", String(FIRST_ORDER + (turn % FIRST_ORDER)))}`;

function pick(lines: readonly string[], turn: number): string {
  return lines[turn % lines.length] ?? "";
}

/** A summary of the usual size: what every summariser of the bench answers, at once. */
export const summary =
  "The customer had a tent with a cracked pole replaced by express, changed the colour of a jacket, asked how a down sleeping bag is washed, looked for a parcel that lies at the depot near the station, and asked about a payment that was put aside twice by the bank. All of it was explained, nothing else is open, and no money is owed by either side.";

const MARK = /\b[qa]\d+(?=:)/g;

/** Keeps what a summariser was given of each conversation: how often it was asked, how much it read, and which messages. */
export class Witness {
  private readonly seen = new Map<string, { calls: number; chars: number; marks: string[] }>();

  note(conversation: string, text: string): void {
    const noted = this.seen.get(conversation) ?? { calls: 0, chars: 0, marks: [] };
    noted.calls += 1;
    noted.chars += text.length;
    noted.marks.push(...(text.match(MARK) ?? []));
    this.seen.set(conversation, noted);
  }

  /** Of one conversation, so far: `given` counts a message as often as it came. */
  told(conversation: string): Given {
    const { calls, chars, marks } = this.seen.get(conversation) ?? {
      calls: 0,
      chars: 0,
      marks: [],
    };
    return { calls, chars, given: marks.length, messages: new Set(marks).size };
  }
}

export type Given = { calls: number; chars: number; given: number; messages: number };
