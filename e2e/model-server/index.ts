import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { text } from "node:stream/consumers";
import { keepHeard } from "@/e2e/support/heard";
import { respond } from "./respond";
import {
  asksForFacts,
  ChatRequest,
  lastUserText,
  NO_FACTS,
  type ParsedStep,
  Script,
} from "./script";

export type { Script, Step } from "./script";

/** A scripted OpenAI-compatible endpoint. */
export type ModelServer = {
  /** For OPENAI_BASE_URL; `of` gives one whose scripts are its own. */
  url: string;
  of(name: string): string;
  /** Adds a script; the oldest that matches and has a step left answers. */
  script(script: Script, name?: string): void;
  /** The requests that came, oldest first. */
  requests(name?: string): ChatRequest[];
  reset(name?: string): void;
  close(): Promise<void>;
};

type Held = { script: ReturnType<typeof Script.parse>; next: number };
type Stage = { scripts: Held[]; requests: ChatRequest[] };

const MAIN = "main";

/**
 * Starts an endpoint that says what a test scripted. Everything also works over HTTP, for a product in another process:
 * `POST /scripts[/name]` with a script, `GET /requests[/name]`, `DELETE /scripts[/name]`. Without a script left it
 * answers 501, so that a test that scripted too little fails with that reason.
 */
export async function startModelServer(port = 0): Promise<ModelServer> {
  const stages = new Map<string, Stage>();
  const stageOf = (name = MAIN): Stage => {
    const stage = stages.get(name) ?? { scripts: [], requests: [] };
    stages.set(name, stage);
    return stage;
  };
  const server = createServer((request, response) => {
    handle(stageOf, request, response).catch((error: unknown) => {
      response.writeHead(500).end(String(error));
    });
  });
  await new Promise<void>((resolve) => server.listen(port, "127.0.0.1", resolve));
  const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return {
    url: `${origin}/v1`,
    of: (name) => `${origin}/${name}/v1`,
    script: (script, name) => {
      stageOf(name).scripts.push({ script: Script.parse(script), next: 0 });
    },
    requests: (name) => stageOf(name).requests,
    reset: (name = MAIN) => void stages.delete(name),
    close: () =>
      new Promise<void>((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

async function handle(
  stageOf: (name?: string) => Stage,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const { pathname } = new URL(request.url ?? "/", "http://localhost");
  const [, name = MAIN] = /^\/([\w-]+)\/v1\/chat\/completions$/.exec(pathname) ?? [];
  if (pathname.endsWith("/v1/chat/completions")) {
    await complete(stageOf(name), ChatRequest.parse(JSON.parse(await text(request))), response);
    return;
  }
  const [, kind, stage = MAIN] = /^\/(scripts|requests)(?:\/([\w-]+))?$/.exec(pathname) ?? [];
  response.setHeader("content-type", "application/json");
  if (kind === "requests") {
    response.end(JSON.stringify(stageOf(stage).requests));
  } else if (kind === "scripts" && request.method === "POST") {
    const script = Script.parse(JSON.parse(await text(request)));
    stageOf(stage).scripts.push({ script, next: 0 });
    response.writeHead(204).end();
  } else if (kind === "scripts" && request.method === "DELETE") {
    Object.assign(stageOf(stage), { scripts: [], requests: [] });
    response.writeHead(204).end();
  } else {
    response.writeHead(404).end("{}");
  }
}

async function complete(
  stage: Stage,
  request: ChatRequest,
  response: ServerResponse,
): Promise<void> {
  stage.requests.push(request);
  keepHeard("models.log", `${JSON.stringify(request)}\n`);
  const step = takeStep(stage, request) ?? (asksForFacts(request) ? NO_FACTS : null);
  if (!step) {
    const message = `No step is scripted for: ${lastUserText(request).slice(0, 80)}`;
    response.writeHead(501, { "content-type": "application/json" });
    response.end(JSON.stringify({ error: { message } }));
    return;
  }
  await respond(step, request, response);
}

function takeStep(stage: Stage, request: ChatRequest): ParsedStep | null {
  const said = lastUserText(request);
  for (const held of stage.scripts.filter(({ script }) => script.facts === asksForFacts(request))) {
    const { match, steps, repeat } = held.script;
    const step = steps[repeat ? held.next % steps.length : held.next];
    if (step && (match === undefined || said.includes(match))) {
      held.next += 1;
      return step;
    }
  }
  return null;
}
