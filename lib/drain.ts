import { subscribe } from "node:diagnostics_channel";
import type { IncomingMessage, Server, ServerResponse } from "node:http";
import { setTimeout as pause } from "node:timers/promises";
import { refusals } from "./errors";
import { once } from "./once";

type Begun = { request: IncomingMessage; response: ServerResponse; server: Server };

type Desk = {
  /** Answers that are being written right now. */
  open: Set<ServerResponse>;
  /** Refusals on their way. */
  refused: Set<ServerResponse>;
  servers: Set<Server>;
  closed: boolean;
};

/** Who came in through this process's servers: Next keeps its own to itself, so they are known by their requests. */
function desk(): Desk {
  return once("process.desk", () => {
    const held: Desk = { open: new Set(), refused: new Set(), servers: new Set(), closed: false };
    // Said before the server hands a request on, so that a server that turns up only now can still be closed to it.
    subscribe("http.server.request.start", (message) => {
      const { response, server } = message as Begun;
      if (!held.servers.has(server)) {
        held.servers.add(server);
        if (held.closed) {
          turnAway(server);
        }
      }
      const among = held.closed ? held.refused : held.open;
      among.add(response);
      response.once("close", () => among.delete(response));
    });
    return held;
  });
}

/** Begins to note which answers are open; call it when the process starts. */
export function watchRequests(): void {
  desk();
}

/** From here on every new request is refused with 503; what is being answered already goes on. */
export function refuseRequests(): void {
  const held = desk();
  held.closed = true;
  for (const server of held.servers) {
    turnAway(server);
  }
}

/** Waits until the last answer that was begun is written. */
export async function lastAnswers(timeoutMs: number): Promise<void> {
  await untilEmpty(desk().open, timeoutMs);
}

/** Takes no more connections, and lets the last refusals go out: the process ends next. */
export async function closeServers(timeoutMs: number): Promise<void> {
  const { servers, refused } = desk();
  for (const server of servers) {
    // Ends also what is kept open for a next request.
    server.close();
  }
  await untilEmpty(refused, timeoutMs);
}

async function untilEmpty(answers: ReadonlySet<unknown>, timeoutMs: number): Promise<void> {
  const until = Date.now() + timeoutMs;
  while (answers.size > 0 && Date.now() < until) {
    await pause(20);
  }
}

function turnAway(server: Server): void {
  server.removeAllListeners("request");
  server.on("request", refuse);
}

const common = {
  Connection: "close",
  "Cache-Control": "no-store",
  "Retry-After": "1",
  "X-Content-Type-Options": "nosniff",
};

function refuse(request: IncomingMessage, response: ServerResponse): void {
  request.resume();
  if (request.url === "/api/live") {
    answer(response, 200, "application/json", JSON.stringify({ ok: true }));
  } else if (request.url === "/api/ready") {
    answer(response, 503, "application/json", JSON.stringify({ ok: false, draining: true }));
  } else if (request.headers.accept?.includes("text/html") && request.method === "GET") {
    answer(response, 503, "text/html; charset=utf-8", PAGE);
  } else {
    const refused = { ok: false, code: "restarting", message: refusals.restarting };
    answer(response, 503, "application/json", JSON.stringify(refused));
  }
}

function answer(response: ServerResponse, status: number, type: string, body: string): void {
  response.writeHead(status, {
    ...common,
    "Content-Type": type,
    ...(type.startsWith("text/html") && {
      "Content-Security-Policy": "default-src 'none'; style-src 'unsafe-inline'",
    }),
  });
  response.end(body);
}

/** Stands by itself: the styles and scripts of the page that was asked for would be refused as well. */
const PAGE = `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="refresh" content="2">
<title>Back in a moment</title>
<style>
:root { color-scheme: light dark; }
body { margin: 0; min-height: 100dvh; display: grid; place-items: center; font: 1rem/1.6 Inter, system-ui, sans-serif;
  background: light-dark(#f9fbfa, #141917); color: light-dark(#17211d, #e9efec); }
main { max-width: 26rem; padding: 2rem 1.5rem; }
svg { width: 2rem; color: light-dark(#1f5c43, #7fd3ab); }
h1 { margin: 1rem 0 .5rem; font-size: 1.375rem; line-height: 1.3; letter-spacing: -.01em; }
p { margin: 0; color: light-dark(#4c5a54, #b1bdb7); }
</style>
</head>
<body>
<main>
<svg viewBox="0 0 24 24" fill="none" aria-hidden="true"><path d="M20.2 9.4A8.6 8.6 0 1 1 14.6 3.8" stroke="currentColor" stroke-width="2.6" stroke-linecap="round"/><circle cx="12" cy="12" r="2.9" fill="currentColor"/><circle cx="19.1" cy="4.9" r="1.7" fill="currentColor"/></svg>
<h1>Back in a moment</h1>
<p>This server is being restarted. The page loads again by itself; nothing you sent before is lost.</p>
</main>
</body>
</html>
`;
