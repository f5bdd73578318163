import { type AddressInfo, createConnection, createServer, type Socket } from "node:net";

export type Counts = {
  statements: number;
  /** What the client waited for: a statement, or several sent together. */
  roundTrips: number;
  bytes: number;
  /** How often each statement was run, by its text (with placeholders for its values). */
  byText: Map<string, number>;
};

const noCounts = (): Counts => ({ statements: 0, roundTrips: 0, bytes: 0, byText: new Map() });

/** A wire to PostgreSQL that counts what goes over it. `take` hands the counts out and begins anew. */
export async function layCountingWire(target: URL): Promise<{ url: URL; take: () => Counts }> {
  let counts = noCounts();
  const server = createServer((near) => {
    const far = createConnection({ port: Number(target.port), host: target.hostname });
    const read = messageReader((type, body) => count(counts, type, body));
    near.on("data", (piece) => {
      counts.bytes += piece.length;
      read(piece);
    });
    far.on("data", (piece) => {
      counts.bytes += piece.length;
    });
    join(near, far);
    join(far, near);
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  server.unref();
  const url = new URL(target);
  url.hostname = "127.0.0.1";
  url.port = String((server.address() as AddressInfo).port);
  return {
    url,
    take: () => {
      const taken = counts;
      counts = noCounts();
      return taken;
    },
  };
}

function join(from: Socket, to: Socket): void {
  from.setNoDelay(true);
  from.pipe(to);
  from.on("error", () => to.destroy());
  from.on("close", () => to.destroy());
}

function count(counts: Counts, type: string, body: Buffer): void {
  // Query and Parse carry the text; Query and Execute run one; Query and Sync are waited for.
  if (type === "Q" || type === "P") {
    const from = type === "P" ? body.indexOf(0) + 1 : 0;
    const text = body.toString("utf8", from, body.indexOf(0, from)).replaceAll(/\s+/g, " ").trim();
    counts.byText.set(text, (counts.byText.get(text) ?? 0) + 1);
  }
  counts.statements += type === "Q" || type === "E" ? 1 : 0;
  counts.roundTrips += type === "Q" || type === "S" ? 1 : 0;
}

/** Cuts a client's bytes into the messages of PostgreSQL's protocol; the first one has no type. */
export function messageReader(onMessage: (type: string, body: Buffer) => void) {
  let held: Buffer = Buffer.alloc(0);
  let head = 0;
  const next = (): Buffer | null => {
    const end = held.length < head + 4 ? null : head + held.readUInt32BE(head);
    if (end === null || held.length < end) {
      return null;
    }
    const message = held.subarray(0, end);
    held = held.subarray(end);
    return message;
  };
  return (piece: Buffer): void => {
    held = Buffer.concat([held, piece]);
    for (let message = next(); message; message = next()) {
      if (head === 1) {
        onMessage(String.fromCharCode(message[0] ?? 0), message.subarray(5));
      }
      head = 1;
    }
  };
}
