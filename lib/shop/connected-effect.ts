import { callConnected, findConnected } from "./connected-tools";
import type { Effect } from "./connector";
import type { EffectCard, RequestOf } from "./schema-effect";

const RESULT_CHARS_MAX = 1_000;

/** A change in a connected system. It promises nothing about being asked twice, so that a crash goes to a person. */
export const connectedCall: Effect = {
  idempotent: false,
  async preview(_caller, request) {
    if (request.kind !== "connector_call") {
      return { possible: false, why: "This cannot be done here." };
    }
    const found = await findConnected(request);
    return found
      ? {
          possible: true,
          request,
          subject: `${request.connector} ${request.tool} ${JSON.stringify(request.args)}`,
          card: cardOf(request, found.tool.description),
        }
      : { possible: false, why: "This is not offered any more." };
  },
  async perform(caller, request, _key, signal) {
    if (request.kind !== "connector_call") {
      return { done: false, text: "This cannot be done here." };
    }
    const { text, refused } = await callConnected(caller, request, signal);
    const said = text.slice(0, RESULT_CHARS_MAX);
    return refused
      ? { done: false, text: said || "It was refused, and nothing was changed." }
      : { done: true, text: said || "It was done." };
  },
};

function cardOf(
  { connector, tool, args }: RequestOf<"connector_call">,
  description: string,
): EffectCard {
  const facts = Object.entries(args).map(([label, value]) => ({
    label: spaced(label),
    values: [typeof value === "string" ? value : JSON.stringify(value)],
  }));
  return {
    title: `${capital(spaced(tool))} (${connector})`,
    facts,
    consequence: description || "This is done as it stands above.",
    confirm: "Do it",
  };
}

function spaced(name: string): string {
  return name.replaceAll(/[_-]+/g, " ");
}

function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
