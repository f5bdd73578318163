import { connect } from "node:net";
import { once } from "@/lib/once";
import { ModelFault } from "./faults";

/** After an answer from there, it is taken to be reachable for so long. */
const FRESH_MS = 60_000;

function seen(): Map<string, number> {
  return once("reached-endpoints", () => new Map());
}

/**
 * Opens and closes a connection to the endpoint, so that an address where nobody answers costs the connect limit and
 * not the (longer) limit for a first token.
 */
export async function reach(endpoint: URL, connectMs: number): Promise<void> {
  if (Date.now() - (seen().get(endpoint.host) ?? 0) < FRESH_MS) {
    return;
  }
  const port = Number(endpoint.port) || (endpoint.protocol === "https:" ? 443 : 80);
  const host = endpoint.hostname.replace(/^\[|\]$/g, "");
  await new Promise<void>((resolve, reject) => {
    const socket = connect({ host, port });
    const fail = (cause?: Error) => {
      socket.destroy();
      reject(new ModelFault("unreachable", cause ? { cause } : undefined));
    };
    socket.setTimeout(connectMs, () => fail());
    socket.once("error", fail);
    socket.once("connect", () => {
      socket.destroy();
      resolve();
    });
  });
  seen().set(endpoint.host, Date.now());
}

/** The endpoint failed: the next call looks first. */
export function forgetReached(endpoint: URL): void {
  seen().delete(endpoint.host);
}
