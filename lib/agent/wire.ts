import { connect, type Socket } from "node:net";
import { callWhenLate } from "@/lib/late";
import { once } from "@/lib/once";
import { ModelFault } from "./faults";
import { gatherPieces } from "./gather-pieces";

/** After an answer from there, an endpoint is taken to be reachable for so long. */
const FRESH_MS = 60_000;

function seen(): Map<string, number> {
  return once("reached-endpoints", () => new Map());
}

/** How requests of one model client travel. */
export type Wire = {
  fetch: typeof fetch;
  /** Tells a silent endpoint from a slow model. */
  readonly responded: boolean;
  /** Before another call of a model goes over it. */
  renew(): void;
  /** Is called when the first words of this call's answer come in, ahead of the client that they are for. */
  listen(words: () => void): void;
};

/** The network, which a test of an address that swallows everything cannot have. */
type World = { fetch: typeof fetch; dial: (endpoint: URL) => Socket };

const theWorld: World = { fetch: (input, init) => fetch(input, init), dial: dialUp };

/**
 * A fetch that gives up where no connection is made in time: the built-in one waits ten seconds, and has no setting.
 *
 * A connection of its own is tried beside the request, at once when nothing was heard from there for a minute, else
 * halfway through the limit; whoever answers sooner costs nothing more.
 */
export function openWire(endpoint: URL, connectMs: number, world: World = theWorld): Wire {
  let responded = false;
  let words: () => void = () => undefined;
  return {
    get responded() {
      return responded;
    },
    renew() {
      responded = false;
      words = () => undefined;
    },
    listen(listener) {
      words = listener;
    },
    async fetch(input, init) {
      responded = false;
      const lost = new AbortController();
      const stop = watchConnection(endpoint, connectMs, { lost, dial: world.dial });
      const signals = init?.signal ? [init.signal, lost.signal] : [lost.signal];
      try {
        const response = await world.fetch(input, { ...init, signal: AbortSignal.any(signals) });
        responded = true;
        seen().set(endpoint.host, Date.now());
        return gatherPieces(response, () => words());
      } finally {
        stop();
      }
    },
  };
}

type Watched = { lost: AbortController; dial: World["dial"] };

function watchConnection(endpoint: URL, connectMs: number, { lost, dial }: Watched): () => void {
  const fresh = Date.now() - (seen().get(endpoint.host) ?? 0) < FRESH_MS;
  const waitMs = fresh ? connectMs / 2 : 0;
  let socket: Socket | null = null;
  // The request itself says why a connection is refused; only silence needs us.
  const begin = setTimeout(() => {
    socket = dial(endpoint).on("connect", stop).on("error", stop);
  }, waitMs);
  const callOff = callWhenLate(connectMs, () => {
    seen().delete(endpoint.host);
    lost.abort(new ModelFault("unreachable"));
  });
  function stop(): void {
    clearTimeout(begin);
    callOff();
    socket?.destroy();
  }
  return stop;
}

function dialUp(endpoint: URL): Socket {
  const port = Number(endpoint.port) || (endpoint.protocol === "https:" ? 443 : 80);
  return connect({ host: endpoint.hostname.replace(/^\[|\]$/g, ""), port });
}
