import { z } from "zod";

/** Pieces of an answer that come within this travel as one. The first never waits. */
const WINDOW_MS = 100;
/** Nobody reads: nothing more is fetched. */
const UNREAD_MAX = 65_536;

/** A piece that holds nothing but words. Whatever else a piece says (tools, its end, its cost) goes on as it came. */
const Words = z.looseObject({
  choices: z.tuple([
    z.looseObject({
      index: z.literal(0),
      delta: z
        .object({ content: z.string().min(1), role: z.string().nullish() })
        .catchall(z.null().optional()),
      finish_reason: z.null().optional(),
      logprobs: z.null().optional(),
    }),
  ]),
  usage: z.null().optional(),
});
type Words = z.output<typeof Words>;

/**
 * The same answer in fewer pieces, where it is a stream of server-sent events in OpenAI's form. A piece costs LangChain
 * and its client a hundred times what it costs here, and a screen is told of words ten times a second at most. Each
 * event keeps its place, what is not understood goes on unchanged, and a stream that breaks off gives its words first.
 * `words` is called when the first of them come, before anybody else sees them.
 */
export function gatherPieces(response: Response, words: () => void = () => undefined): Response {
  const isStream = response.headers.get("content-type")?.startsWith("text/event-stream");
  if (!(response.body && isStream)) {
    return response;
  }
  const { status, statusText, headers } = response;
  return new Response(gathered(response.body.getReader(), words), { status, statusText, headers });
}

function gathered(
  reader: ReadableStreamDefaultReader<Uint8Array>,
  words: () => void,
): ReadableStream<Uint8Array> {
  const encoder = new TextEncoder();
  const gathering = new Gathering(words);
  let begun = false;
  return new ReadableStream(
    {
      async pull(controller) {
        if (!begun) {
          begun = true;
          void fetchAll(reader, gathering);
        }
        const text = await gathering.take();
        if (text === null) {
          controller.close();
        } else {
          controller.enqueue(encoder.encode(text));
        }
      },
      cancel: (reason) => reader.cancel(reason),
    },
    { highWaterMark: 0 },
  );
}

async function fetchAll(reader: ReadableStreamDefaultReader<Uint8Array>, to: Gathering) {
  const decoder = new TextDecoder();
  try {
    for (;;) {
      const { done, value } = await reader.read();
      if (done) {
        break;
      }
      to.add(decoder.decode(value, { stream: true }));
      await to.room();
    }
    to.add(decoder.decode());
    to.end(null);
  } catch (error) {
    to.end({ error });
  }
}

type Held = { event: string; piece: Words; count: number };

/** What has come and was not taken yet. */
class Gathering {
  #words: (() => void) | null;
  #rest = "";
  #ready = "";
  #held: Held | null = null;
  #timer: NodeJS.Timeout | null = null;
  #gaveMs = Number.NEGATIVE_INFINITY;
  #ended: { error: unknown } | "whole" | null = null;
  #changed: () => void = () => undefined;
  #taken: () => void = () => undefined;

  constructor(words: () => void) {
    this.#words = words;
  }

  /** What is there, as soon as something is; null at the end, and the stream's own error once all was taken. */
  async take(): Promise<string | null> {
    while (this.#ready === "" && this.#ended === null) {
      await new Promise<void>((resolve) => {
        this.#changed = resolve;
      });
    }
    const text = this.#ready;
    this.#ready = "";
    this.#taken();
    if (text === "" && this.#ended !== "whole") {
      throw this.#ended?.error;
    }
    return text === "" ? null : text;
  }

  async room(): Promise<void> {
    while (this.#ready.length > UNREAD_MAX) {
      await new Promise<void>((resolve) => {
        this.#taken = resolve;
      });
    }
  }

  add(text: string): void {
    const events = (this.#rest + text).split(/(?<=\r\n\r\n|\n\n)/);
    // The last one is not whole yet, or empty.
    this.#rest = /\n\r?\n$/.test(events.at(-1) ?? "") ? "" : (events.pop() ?? "");
    for (const event of events) {
      this.#hear(event);
    }
  }

  end(broken: { error: unknown } | null): void {
    this.#release();
    this.#give(this.#rest);
    this.#ended = broken ?? "whole";
    this.#changed();
  }

  #hear(event: string): void {
    const piece = wordsIn(event);
    if (!piece) {
      this.#release();
      this.#give(event);
      return;
    }
    this.#words?.();
    this.#words = null;
    const held = this.#held;
    if (held) {
      held.piece.choices[0].delta.content += piece.choices[0].delta.content;
      held.count += 1;
      return;
    }
    this.#held = { event, piece, count: 1 };
    const waitMs = this.#gaveMs + WINDOW_MS - performance.now();
    if (waitMs <= 0) {
      this.#release();
    } else {
      this.#timer = setTimeout(() => this.#release(), waitMs);
    }
  }

  #release(): void {
    if (this.#timer) {
      clearTimeout(this.#timer);
      this.#timer = null;
    }
    if (this.#held) {
      const { event, piece, count } = this.#held;
      this.#held = null;
      this.#gaveMs = performance.now();
      this.#give(count === 1 ? event : `data: ${JSON.stringify(piece)}\n\n`);
    }
  }

  #give(text: string): void {
    if (text !== "") {
      this.#ready += text;
      this.#changed();
    }
  }
}

function wordsIn(event: string): Words | null {
  if (!event.startsWith("data: {")) {
    return null;
  }
  try {
    return Words.safeParse(JSON.parse(event.slice(6))).data ?? null;
  } catch {
    // Not for us to judge: whoever reads it says what is wrong with it.
    return null;
  }
}
