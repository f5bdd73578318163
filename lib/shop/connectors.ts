import { env } from "@/lib/env";
import { Refusal } from "@/lib/errors";
import { report } from "@/lib/observability";
import { forgetConnectors } from "./connected-tools";
import { ConnectorFault, isConnectable } from "./limited-fetch";
import { listMcpTools } from "./mcp";
import type { ConnectorKind, ConnectorState, NewConnector } from "./schema-connector";
import * as store from "./store-connector";

type Actor = { id: string };

/** Programs can be connected only where an operator has named them: an admin of the product is not one of the machine. */
function mayConnect({ kind, address }: Pick<NewConnector, "kind" | "address">): boolean {
  const [command = ""] = address.split(/\s+/);
  return kind === "mcp_http" ? isConnectable(address) : env.CONNECTOR_COMMANDS.includes(command);
}

/** Which kinds an admin can add here. */
export function connectorKinds(): ConnectorKind[] {
  return env.CONNECTOR_COMMANDS.length > 0 ? ["mcp_http", "mcp_command"] : ["mcp_http"];
}

/** Connects a system of the merchant and asks it what it offers. The agent uses none of it before an admin allows it. */
export async function addConnector(actor: Actor, given: NewConnector): Promise<void> {
  if (!mayConnect(given)) {
    throw new Refusal("connector_address");
  }
  const id = await store.insertConnector(actor.id, given);
  await testConnector(actor, id);
}

/** Asks a connected system what it offers, and notes that or why it did not answer. */
export async function testConnector(actor: Actor, id: string): Promise<ConnectorState> {
  const [connector] = await store.openConnectors([id]);
  if (!connector) {
    throw new Refusal("not_found");
  }
  let state: ConnectorState = "up";
  let tools = null;
  try {
    if (!mayConnect(connector)) {
      throw new ConnectorFault("forbidden_address");
    }
    tools = await listMcpTools(connector);
  } catch (error) {
    report(error, { where: "shop.connector_test", connectorId: id });
    state = error instanceof ConnectorFault ? error.code : "nonsense";
  }
  await store.writeTest(actor.id, id, { state, tools });
  forgetConnectors();
  return state;
}

/** Says which tools the agent may use, and which of them change something. */
export async function chooseTools(
  actor: Actor,
  id: string,
  given: { allowed: readonly string[]; effects: readonly string[] },
): Promise<void> {
  await store.writeTools(actor.id, id, given);
  forgetConnectors();
}

export async function removeConnector(actor: Actor, id: string): Promise<void> {
  await store.deleteConnector(actor.id, id);
  forgetConnectors();
}
