import { connect, createServer, type Server, type Socket } from "node:net";
import type { Caller } from "@/lib/auth/schema";
import { env } from "@/lib/env";
import { applyEvent, type ChatState, emptyChat, type StreamEvent } from "./schema";
import { streamConversation } from "./stream";

const PATIENCE_MS = 15_000;
export const QUICK = { lookMs: 500, slowLookMs: 100, heartbeatMs: 400, countMs: 50 };

/** A browser: reads the stream into the screen's state, until a test has seen what it waits for. */
export class Reader {
  readonly events: StreamEvent[] = [];
  state: ChatState = emptyChat;
  ended = false;
  readonly #left = new AbortController();
  readonly #source: AsyncGenerator<StreamEvent>;

  constructor(caller: Caller, conversationId: string, afterSeq = 0, pace = QUICK) {
    this.#source = streamConversation(caller, conversationId, afterSeq, this.#left.signal, pace);
  }

  /** Reads on until the screen is as expected, and says what it looks like when that does not come. */
  async until(is: (state: ChatState) => boolean): Promise<ChatState> {
    const timer = setTimeout(() => this.#left.abort(), PATIENCE_MS);
    while (!is(this.state)) {
      await this.step();
      if (this.ended || this.#left.signal.aborted) {
        throw new Error(`Not seen in time; the screen is ${JSON.stringify(this.state)}`);
      }
    }
    clearTimeout(timer);
    return this.state;
  }

  async step(): Promise<void> {
    const { done, value } = await this.#source.next();
    if (done) {
      this.ended = true;
      return;
    }
    this.events.push(value);
    this.state = applyEvent(this.state, value);
  }

  /** Reads to the end. */
  async rest(): Promise<void> {
    const timer = setTimeout(() => this.#left.abort(), PATIENCE_MS);
    while (!this.ended) {
      await this.step();
    }
    if (this.#left.signal.aborted) {
      throw new Error("The stream did not end by itself");
    }
    clearTimeout(timer);
  }

  async leave(): Promise<void> {
    this.#left.abort();
    await this.#source.return(undefined);
  }
}

const STANDARD_PORT = { REDIS_URL: 6379, DATABASE_URL: 5432 };

/** Stands between this process and a server, so that a test can take it away and bring it back. Call it before any use. */
export async function wireSwitch(
  variable: "REDIS_URL" | "DATABASE_URL",
): Promise<{ off(): Promise<void>; on(): Promise<void> }> {
  const real = new URL(env[variable]);
  const open = new Set<Socket>();
  const serve = (port: number) =>
    new Promise<Server>((resolve) => {
      const server = createServer((client) => {
        const far = connect(Number(real.port || STANDARD_PORT[variable]), real.hostname);
        for (const socket of [client, far]) {
          open.add(socket);
          socket.on("error", () => socket.destroy());
          socket.on("close", () => open.delete(socket));
        }
        client.pipe(far).pipe(client);
      });
      server.listen(port, "127.0.0.1", () => resolve(server));
    });
  let server = await serve(0);
  const address = server.address();
  const port = typeof address === "object" && address ? address.port : 0;
  const wired = new URL(real);
  wired.hostname = "127.0.0.1";
  wired.port = String(port);
  env[variable] = wired.href;
  return {
    async off() {
      const closed = new Promise((resolve) => server.close(resolve));
      for (const socket of open) {
        socket.destroy();
      }
      await closed;
    },
    async on() {
      server = await serve(port);
    },
  };
}
