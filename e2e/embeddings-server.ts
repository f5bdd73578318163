import { createServer } from "node:http";
import type { AddressInfo } from "node:net";

/** Words that mean the same; each group is a direction of its own. */
const MEANINGS = [
  ["boots", "footwear", "shoes", "qlogs"],
  ["money", "refund", "cash"],
  ["tent", "shelter"],
];

type Behaviour = "answers" | "hangs" | "fails" | "nonsense";

/** An embeddings endpoint over HTTP whose vectors count what words mean. */
export async function startEmbeddings() {
  const asked: string[][] = [];
  const state: { behaviour: Behaviour } = { behaviour: "answers" };
  const server = createServer(async (request, response) => {
    let body = "";
    for await (const piece of request) {
      body += piece;
    }
    const { input } = JSON.parse(body) as { input: string[] };
    asked.push(input);
    if (state.behaviour === "hangs") {
      return;
    }
    response.statusCode = state.behaviour === "fails" ? 500 : 200;
    const data = input.map((text, index) => ({ index, embedding: vectorOf(text) }));
    // Out of order, as an endpoint may answer.
    response.end(JSON.stringify(state.behaviour === "nonsense" ? {} : { data: data.reverse() }));
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  return {
    endpoint: { baseUrl: `http://127.0.0.1:${port}/v1`, apiKey: "test", model: "meanings" },
    asked,
    behave(behaviour: Behaviour) {
      state.behaviour = behaviour;
    },
    close() {
      server.closeAllConnections();
      server.close();
    },
  };
}

function vectorOf(text: string): number[] {
  const words = text.toLowerCase().match(/[a-z]+/g) ?? [];
  return [...MEANINGS.map((group) => words.filter((word) => group.includes(word)).length), 0.1];
}
