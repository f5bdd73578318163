import { Client } from "@modelcontextprotocol/sdk/client/index.js";
import { StdioClientTransport } from "@modelcontextprotocol/sdk/client/stdio.js";
import { StreamableHTTPClientTransport } from "@modelcontextprotocol/sdk/client/streamableHttp.js";
import type { Transport } from "@modelcontextprotocol/sdk/shared/transport.js";
import { z } from "zod";
import { ConnectorFault, isConnectable, limitedFetch } from "./limited-fetch";
import { type ConnectorKind, ConnectorTool } from "./schema-connector";

/** How to reach one MCP server. */
export type McpServer = {
  kind: ConnectorKind;
  address: string;
  secret: string | null;
  /** How long it may take to answer one question. */
  patienceMs?: number;
};

const TOOLS_MAX = 50;
const SCHEMA_CHARS_MAX = 20_000;
const DESCRIPTION_CHARS_MAX = 2_000;
const RESULT_CHARS_MAX = 8_000;
const CALL_MS = 8_000;

/** The tools that a server offers. None of them is allowed yet; all that do not say they only read count as effects. */
export async function listMcpTools(server: McpServer): Promise<ConnectorTool[]> {
  return await withClient(server, async (client, options) => {
    const { tools } = await client.listTools(undefined, options);
    return tools.slice(0, TOOLS_MAX).flatMap(({ name, description, inputSchema, annotations }) => {
      const tool = ConnectorTool.safeParse({
        name,
        description: (description ?? "").slice(0, DESCRIPTION_CHARS_MAX),
        schema: inputSchema,
        allowed: false,
        effect: annotations?.readOnlyHint !== true,
      });
      const fits = JSON.stringify(inputSchema).length <= SCHEMA_CHARS_MAX;
      return tool.success && fits && /^[\w-]+$/.test(name) ? [tool.data] : [];
    });
  });
}

const Content = z.array(z.object({ type: z.string(), text: z.string().optional() }));

/**
 * Calls a tool and answers its words. `refused` where the server says that it did not do it; throws a ConnectorFault where
 * it is down, slow, or answers nonsense or too much.
 */
export async function callMcpTool(
  server: McpServer,
  call: { name: string; args: Record<string, unknown> },
  signal?: AbortSignal,
): Promise<{ text: string; refused: boolean }> {
  return await withClient(server, async (client, options) => {
    const result = await client.callTool(
      { name: call.name, arguments: call.args },
      undefined,
      signal ? { ...options, signal } : options,
    );
    const content = Content.safeParse(result["content"] ?? []);
    if (!content.success) {
      throw new ConnectorFault("nonsense", { cause: content.error });
    }
    const words = content.data.flatMap(({ type, text }) => (type === "text" && text ? [text] : []));
    const text = words.join("\n") || JSON.stringify(result["structuredContent"] ?? {});
    if (text.length > RESULT_CHARS_MAX) {
      throw new ConnectorFault("oversized");
    }
    return { text, refused: result["isError"] === true };
  });
}

type Options = { timeout: number };

/** A connection for one question: nothing is kept open that could be found broken at the next. */
async function withClient<T>(
  server: McpServer,
  work: (client: Client, options: Options) => Promise<T>,
): Promise<T> {
  const client = new Client({ name: "recollect", version: "1.0.0" });
  const options = { timeout: server.patienceMs ?? CALL_MS };
  let tooMuch: (fault: ConnectorFault) => void = () => undefined;
  const broken = new Promise<never>((_, reject) => {
    tooMuch = reject;
  });
  // Nobody may be waiting for it by then.
  broken.catch(() => undefined);
  try {
    const worked = async () => {
      await client.connect(transportTo(server, tooMuch), options);
      return await work(client, options);
    };
    return await Promise.race([worked(), broken]);
  } catch (error) {
    throw toFault(error);
  } finally {
    await client.close().catch(() => undefined);
  }
}

function transportTo(
  { kind, address, secret }: McpServer,
  tooMuch: (fault: ConnectorFault) => void,
): Transport {
  if (kind === "mcp_command") {
    const [command = "", ...args] = address.split(/\s+/);
    // Nothing of the product's environment reaches the program: that holds keys.
    const env = { PATH: "/usr/local/bin:/usr/bin:/bin", ...(secret && { MCP_SECRET: secret }) };
    return new StdioClientTransport({ command, args, env, stderr: "ignore" });
  }
  if (!isConnectable(address)) {
    throw new ConnectorFault("forbidden_address");
  }
  const headers = secret ? { authorization: `Bearer ${secret}` } : {};
  const transport = new StreamableHTTPClientTransport(new URL(address), {
    fetch: (target, init) => limitedFetch(target, init, tooMuch),
    requestInit: { headers },
    reconnectionOptions: {
      maxRetries: 0,
      initialReconnectionDelay: 0,
      maxReconnectionDelay: 0,
      reconnectionDelayGrowFactor: 1,
    },
  });
  // The class has an optional member that its interface spells without `undefined`.
  return transport as Transport;
}

function toFault(error: unknown): ConnectorFault {
  const causes = [error, error instanceof Error ? error.cause : undefined];
  const fault = causes.find((each) => each instanceof ConnectorFault);
  if (fault) {
    return fault;
  }
  const text = String(error);
  if (/timed? ?out|-32001/i.test(text)) {
    return new ConnectorFault("slow", { cause: error });
  }
  if (/-32602|-32601/.test(text)) {
    return new ConnectorFault("refused", { cause: error });
  }
  return /fetch failed|ECONN|ENOENT|EACCES|closed|-32000/i.test(text)
    ? new ConnectorFault("unreachable", { cause: error })
    : new ConnectorFault("nonsense", { cause: error });
}
