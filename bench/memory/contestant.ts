import { createServer, request } from "node:http";
import type { AddressInfo } from "node:net";
import { text } from "node:stream/consumers";
import { type Server, startServer } from "@/bench/server";
import type { Given } from "./talk";

/**
 * One way of remembering, in a process of its own, so that nobody pays for another's garbage. The parent asks for one
 * thing after the other; times are taken inside, where nothing of the asking is in them.
 */
export type Contestant = {
  /** Conversations that have had so many turns, of which the last `talked` (else all) were said one by one. */
  open(wish: { count: number; turns: number; talked?: number }): Promise<string[]>;
  /** One turn after the other, in the order of the ids; the milliseconds of each. */
  measure(wish: Measure): Promise<number[]>;
  /** So many customers at once, each with so many turns in a row. */
  together(wish: { ids: string[]; turns: number }): Promise<{ seconds: number; turns: number }>;
  /** What is stored of a conversation, in all stores. */
  storedBytes(wish: { id: string }): Promise<number>;
  /** What the summariser was given of a conversation. */
  given(wish: { id: string }): Promise<Given>;
};

export type Measure = {
  order: string[];
  /** Of these conversations the summariser takes this long. */
  slow?: { ids: string[]; ms: number };
  /** The time until somebody asks again. */
  pauseMs?: number;
};

type Doors = Record<string, (wish: never) => Promise<unknown>>;

/** Answers the parent's wishes: `POST /<name>` with the wish, as JSON both ways. Never returns. */
export function serve(doors: Doors): void {
  const server = createServer((request, response) => {
    const answer = async () => {
      const door = doors[request.url?.slice(1) ?? ""] as (wish: unknown) => Promise<unknown>;
      return JSON.stringify((await door(JSON.parse(await text(request)))) ?? null);
    };
    answer().then(
      (body) => response.writeHead(200, { "content-type": "application/json" }).end(body),
      (error: unknown) => {
        const told = error instanceof Error ? error.stack : String(error);
        response.writeHead(500).end(told);
      },
    );
  });
  // A wish may take minutes.
  server.requestTimeout = 0;
  server.listen(0, "127.0.0.1", () => {
    process.stdout.write(`listening: ${(server.address() as AddressInfo).port}\n`);
  });
}

/** Starts a contestant's process; its doors are called as if they were here. */
export async function enter<Kind extends object>(
  name: string,
  environment: Record<string, string>,
): Promise<Kind> {
  const server = await startServer(name, environment);
  return new Proxy({} as Kind, {
    // Without a `then`, or it would be taken for a promise.
    get: (_, door) =>
      door === "then" ? undefined : (wish: unknown) => ask(server, String(door), wish),
  });
}

function ask({ address }: Server, door: string, wish: unknown): Promise<unknown> {
  // Not fetch, which gives up after five minutes.
  return new Promise((resolve, reject) => {
    const asked = request(`${address}/${door}`, { method: "POST" }, (answered) => {
      text(answered).then((body) => {
        if (answered.statusCode === 200) {
          resolve(JSON.parse(body));
        } else {
          reject(new Error(`${door}: ${body}`));
        }
      }, reject);
    });
    asked.once("error", reject);
    asked.end(JSON.stringify(wish));
  });
}
