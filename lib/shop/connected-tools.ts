import { findCustomer } from "@/lib/customer";
import { report } from "@/lib/observability";
import { once } from "@/lib/once";
import { ConnectorFault } from "./limited-fetch";
import { callMcpTool } from "./mcp";
import type { ShopCaller } from "./schema";
import { type ConnectorTool, connectorFaults } from "./schema-connector";
import { type OpenConnector, openConnectors } from "./store-connector";

const KEPT_MS = 10_000;
const NAME_CHARS_MAX = 64;
const SIGN_IN = "This needs a customer who is signed in. Ask them to sign in first.";
const GONE = "This is not offered any more.";

type Kept = { connectors: OpenConnector[] | null; readAt: number };

function kept(): Kept {
  return once<Kept>("shop-connectors", () => ({ connectors: null, readAt: 0 }));
}

/** What admins have connected, read again every ten seconds. */
async function connectors(): Promise<OpenConnector[]> {
  const held = kept();
  if (!held.connectors || Date.now() - held.readAt > KEPT_MS) {
    held.connectors = await openConnectors();
    held.readAt = Date.now();
  }
  return held.connectors;
}

/** After an admin's change this process knows of it at once, and the others within ten seconds. */
export function forgetConnectors(): void {
  kept().connectors = null;
}

/** A tool of a connected system, as the agent may use it. */
export type ConnectedTool = {
  /** Of the system and the tool: "warehouse__find_parcel". */
  name: string;
  description: string;
  /** JSON Schema, without the argument that names the customer. */
  schema: Record<string, unknown>;
  effect: boolean;
  connector: string;
  tool: string;
};

/** The tools that admins have allowed; none where they cannot be read: a turn goes on without them. */
export async function listConnectedTools(): Promise<ConnectedTool[]> {
  try {
    const all = await connectors();
    return all.flatMap((connector) =>
      connector.tools
        .filter(({ allowed }) => allowed)
        .map((tool) => ({
          name: `${connector.name}__${tool.name}`.slice(0, NAME_CHARS_MAX),
          description: tool.description,
          schema: withoutCaller(tool.schema, connector.callerArgument),
          effect: tool.effect,
          connector: connector.name,
          tool: tool.name,
        })),
    );
  } catch (error) {
    report(error, { where: "shop.connectors" });
    return [];
  }
}

type Schema = ConnectorTool["schema"];

function withoutCaller(schema: Schema, argument: string | null): Schema {
  const { properties = {}, required = [], ...rest } = schema;
  const entries = Object.entries(properties as Schema).filter(([name]) => name !== argument);
  const names = (Array.isArray(required) ? required : []).filter((name) => name !== argument);
  return { ...rest, type: "object", properties: Object.fromEntries(entries), required: names };
}

export type ConnectedCall = { connector: string; tool: string; args: Record<string, unknown> };

/** A connector and its tool, where an admin still allows it. */
export async function findConnected({ connector: name, tool }: ConnectedCall) {
  const connector = (await connectors()).find((each) => each.name === name);
  const allowed = connector?.tools.find((each) => each.name === tool && each.allowed);
  return connector && allowed ? { connector, tool: allowed } : null;
}

export type Called = { text: string; refused: boolean };

/**
 * Calls a tool of a connected system for a customer. Who that is comes from the server: the argument that names them is
 * theirs whatever a model wrote. Throws a ConnectorFault where the system failed.
 */
export async function callConnected(
  caller: ShopCaller,
  call: ConnectedCall,
  signal?: AbortSignal,
): Promise<Called> {
  const found = await findConnected(call);
  if (!found) {
    return { text: GONE, refused: true };
  }
  const { connector, tool } = found;
  const argument = connector.callerArgument;
  const names = Object.keys((tool.schema["properties"] ?? {}) as object);
  let args = call.args;
  if (argument && names.includes(argument)) {
    const email = (await findCustomer(caller.id))?.email;
    if (!email) {
      return { text: SIGN_IN, refused: true };
    }
    args = { ...args, [argument]: email };
  }
  return await callMcpTool(connector, { name: tool.name, args }, signal);
}

/** The same for a look-up: whatever happens is a sentence. */
export async function askConnected(
  caller: ShopCaller,
  call: ConnectedCall,
): Promise<{ answer: string } | { error: string }> {
  try {
    const { text, refused } = await callConnected(caller, call);
    return refused ? { error: text || connectorFaults.refused } : { answer: text };
  } catch (error) {
    report(error, { where: "shop.connected" });
    const code = error instanceof ConnectorFault ? error.code : "nonsense";
    return { error: `${connectorFaults[code]} Say so, and offer a person.` };
  }
}
