import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { text } from "node:stream/consumers";
import { AIMessageChunk } from "@langchain/core/messages";
import { ChatOpenAI } from "@langchain/openai";
import { createAgent } from "langchain";
import { z } from "zod";

/**
 * What the product is compared with: `POST /floor` passes the model's stream through, and `POST /agent` is the route
 * that one writes first, with LangChain's agent, the dialogue in a Map, and nothing that survives anything.
 */
const baseURL = z.url().parse(process.env["OPENAI_BASE_URL"]);
const Asked = z.object({ conversationId: z.string(), text: z.string() });
type Asked = z.infer<typeof Asked>;

const agent = createAgent({
  model: new ChatOpenAI({
    apiKey: "x",
    model: "scripted",
    streaming: true,
    maxRetries: 0,
    configuration: { baseURL },
  }),
  tools: [],
  systemPrompt: "You answer the customers of a shop for outdoor clothing.",
});
const dialogues = new Map<string, { role: "user" | "assistant"; content: string }[]>();

const server = createServer((request, response) => {
  handle(request, response).catch((error: unknown) => {
    response.destroy(error instanceof Error ? error : new Error(String(error)));
  });
});
server.listen(0, "127.0.0.1", () => {
  process.stdout.write(`listening: ${(server.address() as AddressInfo).port}\n`);
});

async function handle(request: IncomingMessage, response: ServerResponse): Promise<void> {
  const asked = Asked.parse(JSON.parse(await text(request)));
  await (request.url === "/floor" ? floor(asked, response) : answer(asked, response));
}

async function floor(asked: Asked, response: ServerResponse): Promise<void> {
  const messages = [{ role: "user", content: asked.text }];
  const answered = await fetch(`${baseURL}/chat/completions`, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify({ model: "scripted", stream: true, messages }),
  });
  response.writeHead(answered.status, { "content-type": "text/event-stream" });
  for await (const piece of answered.body ?? []) {
    response.write(piece);
  }
  response.end();
}

async function answer(asked: Asked, response: ServerResponse): Promise<void> {
  const dialogue = dialogues.get(asked.conversationId) ?? [];
  dialogues.set(asked.conversationId, dialogue);
  dialogue.push({ role: "user", content: asked.text });
  response.writeHead(200, { "content-type": "text/event-stream" });
  const stream = await agent.stream({ messages: [...dialogue] }, { streamMode: "messages" });
  let said = "";
  for await (const [chunk] of stream) {
    if (AIMessageChunk.isInstance(chunk) && chunk.text !== "") {
      said += chunk.text;
      response.write(`data: ${JSON.stringify({ content: chunk.text })}\n\n`);
    }
  }
  dialogue.push({ role: "assistant", content: said });
  response.end();
}
