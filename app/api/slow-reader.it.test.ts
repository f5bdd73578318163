import { createServer, type ServerResponse } from "node:http";
import { type AddressInfo, connect } from "node:net";
import { Readable } from "node:stream";
import { setTimeout as pause } from "node:timers/promises";
import { expect, test, vi } from "vitest";
import { splitEvents } from "@/components/stream/split-events";
import type { CustomerCaller } from "@/lib/auth/schema";
import {
  acceptMessage,
  claimTurn,
  commitTurn,
  eventWriter,
  startAnswer,
  streamConversation,
} from "@/lib/conversation";
import { applyEvent, type ChatState, emptyChat, StreamEvent } from "@/lib/conversation/schema";
import { createGuest } from "@/lib/customer";
import { newId } from "@/lib/id";
import { asRedacted } from "@/lib/privacy";
import { streamEvents } from "./sse";

const DELTAS = 10_000;
const PIECE = asRedacted("word ".repeat(400));
const AT_ONCE = 100;

/** A customer whose question has just been begun to be answered. */
async function ask() {
  const guest = await createGuest();
  const ada: CustomerCaller = {
    kind: "customer",
    ...guest,
    registered: false,
    memoryOn: true,
    restricted: false,
  };
  const conversationId = newId();
  const { turnId } = await acceptMessage(ada, { id: newId(), conversationId, text: "Tell me all" });
  const turn = await claimTurn("runner", turnId ?? newId());
  if (!turn) {
    throw new Error("The turn could not be claimed");
  }
  await startAnswer(turn);
  return { ada, conversationId, turn };
}

/** The stream of one conversation over real HTTP, as Next pipes it, and how far the reader's end has pulled it. */
async function serve(caller: CustomerCaller, conversationId: string) {
  const seen = { pulled: 0, response: null as ServerResponse | null };
  async function* counted(signal: AbortSignal): AsyncGenerator<StreamEvent> {
    for await (const event of streamConversation(caller, conversationId, 0, signal)) {
      seen.pulled += 1;
      yield event;
    }
  }
  const server = createServer(async (_, response) => {
    const { body } = await streamEvents({
      request: new Request("http://here/api/stream"),
      where: "test",
      stillStands: async () => true,
      events: counted,
    });
    seen.response = response;
    response.writeHead(200);
    Readable.fromWeb(body as Parameters<typeof Readable.fromWeb>[0]).pipe(response);
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  return { seen, port, close: () => server.close().closeAllConnections() };
}

/** A browser on a thin line, which can stop taking anything. */
function read(port: number) {
  let state: ChatState = emptyChat;
  let head = "";
  const split = splitEvents();
  const socket = connect(port, "127.0.0.1");
  socket.write("GET / HTTP/1.0\r\nHost: here\r\n\r\n");
  socket.on("data", (chunk: Buffer) => {
    let bytes = chunk;
    if (!head.includes("\r\n\r\n")) {
      head += chunk.toString("latin1");
      bytes = Buffer.from(head.split("\r\n\r\n")[1] ?? "", "latin1");
    }
    for (const data of split(bytes)) {
      state = applyEvent(state, StreamEvent.parse(JSON.parse(data)));
    }
  });
  return { socket, state: () => state };
}

test("while a reader takes nothing, 10,000 deltas are written and none of them waits here; afterwards the screen is the stored text", {
  timeout: 60_000,
}, async () => {
  const { ada, conversationId, turn } = await ask();
  const { seen, port, close } = await serve(ada, conversationId);
  const browser = read(port);
  await vi.waitFor(() => expect(browser.state().messages).toHaveLength(1), { timeout: 10_000 });
  browser.socket.pause();

  const pulledAt: number[] = [];
  const writer = eventWriter(turn);
  for (let n = 0; n < DELTAS; n += AT_ONCE) {
    for (let k = 0; k < AT_ONCE; k += 1) {
      writer.delta(PIECE);
    }
    await pause(30);
    pulledAt.push(seen.pulled);
  }
  await writer.end();
  // What the kernels of both ends hold is full long before the last third; from then on nothing is even asked for.
  expect(new Set(pulledAt.slice(-33)).size).toBe(1);
  expect(seen.response?.writableLength).toBeLessThan((DELTAS * PIECE.length) / 4);

  const text = asRedacted("That is all there is to say.");
  const { message } = await commitTurn(turn, { text, meta: {}, tokens: 8 });
  browser.socket.resume();
  await vi.waitFor(() => expect(browser.state().messages).toHaveLength(2), { timeout: 20_000 });
  expect(browser.state()).toMatchObject({
    answer: null,
    messages: [{}, { id: message?.id, text: message?.text }],
  });
  browser.socket.destroy();
  close();
});
