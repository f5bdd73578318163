import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { text } from "node:stream/consumers";
import { respond } from "@/e2e/model-server/respond";
import {
  asksForFacts,
  ChatRequest,
  lastUserText,
  NO_FACTS,
  type ParsedStep,
  Step,
} from "@/e2e/model-server/script";

/**
 * The scripted model in a process of its own: every request gets the same step, and how long the model itself took to
 * its first word is measured here. `POST /step` sets the step, `GET /timings` hands the times out, by the reference in
 * the customer's message.
 */
let step: ParsedStep = Step.parse({ text: "Hello." });
let timings: Record<string, number> = {};

const server = createServer((request, response) => {
  handle(request, response).catch((error: unknown) => {
    response.writeHead(500).end(String(error));
  });
});
server.listen(0, "127.0.0.1", () => {
  process.stdout.write(`listening: ${(server.address() as AddressInfo).port}\n`);
});

async function handle(request: IncomingMessage, response: ServerResponse): Promise<void> {
  const arrivedAt = performance.now();
  if (request.url?.endsWith("/chat/completions")) {
    const asked = ChatRequest.parse(JSON.parse(await text(request)));
    const reference = /\bref ([a-z]+)\b/.exec(lastUserText(asked))?.[1];
    if (reference) {
      noteFirstWord(response, () => {
        timings[reference] ??= performance.now() - arrivedAt;
      });
    }
    // Prose is no answer to a question for facts: its job would fail, and ask again and again beside what is measured.
    await respond(asksForFacts(asked) ? NO_FACTS : step, asked, response);
  } else if (request.url === "/step") {
    step = Step.parse(JSON.parse(await text(request)));
    response.writeHead(204).end();
  } else {
    response.writeHead(200, { "content-type": "application/json" }).end(JSON.stringify(timings));
    timings = {};
  }
}

function noteFirstWord(response: ServerResponse, note: () => void): void {
  const write = response.write.bind(response);
  let noted = false;
  response.write = (chunk: unknown, ...rest: unknown[]) => {
    if (!noted && /"content":"[^"]/.test(String(chunk))) {
      noted = true;
      note();
    }
    return Reflect.apply(write, response, [chunk, ...rest]);
  };
}
