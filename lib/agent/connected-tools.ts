import type { StructuredToolInterface } from "@langchain/core/tools";
import { z } from "zod";
import { askConnected, type ConnectedTool } from "@/lib/shop";
import { type Desk, defineRaw } from "./define-tool";
import { propose, restoreArgs } from "./propose";

const Args = z.record(z.string(), z.unknown());
const PREPARES =
  "It changes nothing yet: the customer is shown a card, and only their confirmation there carries it out.";

/** Tools of systems that an admin has connected: look-ups act at once, whatever changes something becomes a card. */
export function connectedTools(desk: Desk): StructuredToolInterface[] {
  return desk.connected.map((each) => (each.effect ? changing(desk, each) : reading(desk, each)));
}

function reading(desk: Desk, { name, description, schema, connector, tool }: ConnectedTool) {
  return defineRaw(desk, {
    name,
    says: `Asking ${connector}`,
    description,
    schema,
    parse: (raw) => Args.parse(raw),
    work: async (input) => {
      const args = await restoreArgs(desk.key, input);
      return { result: await askConnected(desk.caller, { connector, tool, args }) };
    },
  });
}

function changing(desk: Desk, { name, description, schema, connector, tool }: ConnectedTool) {
  return defineRaw(desk, {
    name,
    says: `Preparing it in ${connector}`,
    description: `${description} ${PREPARES}`,
    schema,
    parse: (raw) => Args.parse(raw),
    work: async (args) => {
      const effect = desk.shop.effects.connector_call;
      return effect
        ? await propose(desk, effect, { kind: "connector_call", connector, tool, args })
        : { result: { proposed: false, why: "This cannot be done here." } };
    },
  });
}
