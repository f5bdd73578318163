import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { McpServer } from "@modelcontextprotocol/sdk/server/mcp.js";
import { StreamableHTTPServerTransport } from "@modelcontextprotocol/sdk/server/streamableHttp.js";
import type { Transport } from "@modelcontextprotocol/sdk/shared/transport.js";
import { z } from "zod";

type Heard = { tool: string; args: Record<string, unknown> };

/** A merchant's warehouse as an MCP server: one look-up, one change, and tools that misbehave. */
export function makeWarehouse(heard: Heard[]): McpServer {
  const server = new McpServer({ name: "warehouse", version: "1.0.0" });
  const text = (words: string) => ({ content: [{ type: "text" as const, text: words }] });
  server.registerTool(
    "find_parcel",
    {
      description: "Find a parcel by its number.",
      inputSchema: { parcel: z.string() },
      annotations: { readOnlyHint: true },
    },
    (args) => {
      heard.push({ tool: "find_parcel", args });
      return text(`Parcel ${args.parcel} lies in shelf 9.`);
    },
  );
  server.registerTool(
    "open_claim",
    {
      description: "Open a claim for a lost parcel.",
      inputSchema: { parcel: z.string(), customer_email: z.string() },
    },
    (args) => {
      heard.push({ tool: "open_claim", args });
      return text(`Claim 77 for parcel ${args.parcel} is open.`);
    },
  );
  server.registerTool("huge", { description: "Says too much.", inputSchema: {} }, () =>
    text("x".repeat(2_000_000)),
  );
  server.registerTool("no", { description: "Refuses.", inputSchema: {} }, () => ({
    ...text("There is no such parcel."),
    isError: true,
  }));
  return server;
}

/** The warehouse at an address of this machine, open to whoever has the secret. */
export async function startWarehouse(secret = "") {
  const heard: Heard[] = [];
  const listening = await listen(async (request, response) => {
    if (secret && request.headers.authorization !== `Bearer ${secret}`) {
      response.writeHead(401).end();
      return;
    }
    // Without sessions, each request has a server of its own.
    const transport = new StreamableHTTPServerTransport({});
    await makeWarehouse(heard).connect(transport as Transport);
    await transport.handleRequest(request, response);
  });
  return { ...listening, heard };
}

type Answer = (request: IncomingMessage, response: ServerResponse) => unknown;

/** Anything at an address of this machine. */
export async function listen(answer: Answer): Promise<{ url: string; close: () => void }> {
  const server = createServer((request, response) => void answer(request, response));
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  const close = () => {
    server.closeAllConnections();
    server.close();
  };
  return { url: `http://127.0.0.1:${port}/mcp`, close };
}
