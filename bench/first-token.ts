import http from "node:http";
import { arrivals } from "./arrivals";
import { type Asked, type Customer, referenceOf } from "./customers";
import { percentile, rounded } from "./measure";
import type { Server } from "./server";

export type Ask = (index: number, reference: string) => Promise<Asked>;

let questions = 0;

/** A name for the next question, by which the model's own time is found. */
export function nextReference(): string {
  questions += 1;
  return referenceOf(questions);
}

/** The product's way: the question goes round the open conversations. */
export const askCustomers =
  (customers: readonly Customer[], withinMs: number): Ask =>
  async (index, reference) =>
    (await customers[index % customers.length]?.ask(reference, withinMs)) as Asked;

const connections = new http.Agent({ keepAlive: true });

/** The way of the two servers that the product is compared with: one request, whose answer is the stream. */
export const askPlainly =
  ({ address }: Server, path: "/floor" | "/agent", conversations: number): Ask =>
  (index, reference) =>
    new Promise((resolve) => {
      const asked: Asked = {
        reference,
        error: null,
        acknowledgedMs: null,
        firstTokenMs: null,
        doneMs: null,
        text: null,
      };
      const request = http.request(`${address}${path}`, { method: "POST", agent: connections });
      const sentAt = performance.now();
      const end = (error: string | null) => {
        asked.error = error;
        asked.doneMs = performance.now() - sentAt;
        resolve(asked);
      };
      request.once("response", (answer) => {
        answer.setEncoding("utf8").on("data", (piece: string) => {
          if (/"content":"[^"]/.test(piece)) {
            asked.firstTokenMs ??= performance.now() - sentAt;
          }
        });
        answer.once("end", () => end(asked.firstTokenMs === null ? "no words" : null));
        answer.once("error", (error) => end(error.message));
      });
      request.once("error", (error) => end(error.message));
      const text = `How do I wash a down jacket, ref ${reference} please?`;
      request.end(JSON.stringify({ conversationId: `c${index % conversations}`, text }));
    });

/** Everything that one way of asking was seen to take. */
export type Samples = {
  addedFirstTokenMs: number[];
  acknowledgedMs: number[];
  errors: string[];
  turns: number;
  seconds: number;
};

export const noSamples = (): Samples => ({
  addedFirstTokenMs: [],
  acknowledgedMs: [],
  errors: [],
  turns: 0,
  seconds: 0,
});

/**
 * Has questions arrive at an even pace and adds to `samples` what each first token took beyond what the model itself
 * took to it.
 */
export async function measureFirstTokens(
  samples: Samples,
  ask: Ask,
  pace: { seconds: number; perSecond: number },
  timings: () => Promise<Record<string, number>>,
): Promise<void> {
  await timings();
  const beganAt = performance.now();
  const count = pace.seconds * pace.perSecond;
  const all = await arrivals({ count, perSecond: pace.perSecond }, (index) =>
    ask(index, nextReference()),
  );
  const own = await timings();
  samples.seconds += (performance.now() - beganAt) / 1000;
  samples.turns += all.length;
  for (const asked of all) {
    take(samples, asked, own[asked.reference]);
  }
}

function take(samples: Samples, asked: Asked, modelMs: number | undefined): void {
  if (asked.error) {
    samples.errors.push(asked.error);
  } else if (asked.firstTokenMs === null || modelMs === undefined) {
    samples.errors.push("no first token was seen");
  } else {
    samples.addedFirstTokenMs.push(asked.firstTokenMs - modelMs);
  }
  if (asked.acknowledgedMs !== null) {
    samples.acknowledgedMs.push(asked.acknowledgedMs);
  }
}

/** The figures of one way of asking. */
export function figuresOf({ addedFirstTokenMs, acknowledgedMs, errors, turns, seconds }: Samples) {
  return {
    addedFirstTokenP50Ms: rounded(percentile(addedFirstTokenMs, 0.5)),
    addedFirstTokenP95Ms: rounded(percentile(addedFirstTokenMs, 0.95)),
    addedFirstTokenP99Ms: rounded(percentile(addedFirstTokenMs, 0.99)),
    ...(acknowledgedMs.length > 0 && {
      acknowledgedP50Ms: rounded(percentile(acknowledgedMs, 0.5)),
      acknowledgedP95Ms: rounded(percentile(acknowledgedMs, 0.95)),
    }),
    turns,
    turnsPerSecond: rounded(turns / seconds, 2),
    errors: errors.length,
    ...(errors.length > 0 && { firstErrors: [...new Set(errors)].slice(0, 5) }),
  };
}
