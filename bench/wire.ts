import { type AddressInfo, createConnection, createServer, type Socket } from "node:net";

export type Counts = {
  /** Statements, or commands. */
  run: number;
  bytes: number;
  /** How often each was run: a statement by its text (with placeholders for its values), a command by its name. */
  byName: Map<string, number>;
};

/** Reads what a client sends and names each statement or command in it. */
type Reader = (note: (name: string) => void) => (piece: Buffer) => void;

/** A wire to a server that counts what goes over it. `take` hands the counts out and begins anew. */
export async function layCountingWire(
  target: URL,
  reader: Reader,
): Promise<{ url: URL; take: () => Counts }> {
  const none = (): Counts => ({ run: 0, bytes: 0, byName: new Map() });
  let counts = none();
  const note = (name: string) => {
    counts.run += 1;
    counts.byName.set(name, (counts.byName.get(name) ?? 0) + 1);
  };
  const server = createServer((near) => {
    const far = createConnection({ port: Number(target.port), host: target.hostname });
    const read = reader(note);
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
      counts = none();
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

/** PostgreSQL's protocol: a Query runs its text, an Execute that of the last Parse. The first message has no type. */
export const statements: Reader = (note) => {
  let head = 0;
  let parsed = "";
  return inMessages(
    (held) => (held.length < head + 4 ? null : head + held.readUInt32BE(head)),
    (message) => {
      const type = head === 0 ? "" : String.fromCharCode(message[0] ?? 0);
      head = 1;
      if (type === "P") {
        parsed = textAt(message, message.indexOf(0, 5) + 1);
      } else if (type === "Q") {
        note(textAt(message, 5));
      } else if (type === "E") {
        note(parsed);
      }
    },
  );
};

const textAt = (message: Buffer, from: number) =>
  message.toString("utf8", from, message.indexOf(0, from)).replaceAll(/\s+/g, " ").trim();

/** Redis's protocol: an array of strings, of which the first is the command's name. */
export const commands: Reader = (note) =>
  inMessages(lengthOfCommand, (message) => {
    const [, , name = ""] = message.toString("latin1", 0, 64).split("\r\n");
    note(name.toUpperCase());
  });

/** Where the first command ends, or null while it is not whole. */
function lengthOfCommand(held: Buffer): number | null {
  let at = endOfLine(held, 0);
  const parts = at === null ? 0 : Number(held.toString("latin1", 1, at - 2));
  for (let part = 0; part < parts && at !== null; part += 1) {
    const from = endOfLine(held, at);
    const length = from === null ? 0 : Number(held.toString("latin1", at + 1, from - 2));
    at = from === null ? null : from + length + 2;
  }
  return at;
}

function endOfLine(held: Buffer, from: number): number | null {
  const end = held.indexOf("\r\n", from);
  return end === -1 ? null : end + 2;
}

/** Cuts a stream of bytes into messages; `lengthOf` is null while the first one's length is not known. */
function inMessages(
  lengthOf: (held: Buffer) => number | null,
  onMessage: (message: Buffer) => void,
): (piece: Buffer) => void {
  let held: Buffer = Buffer.alloc(0);
  return (piece) => {
    held = Buffer.concat([held, piece]);
    for (let length = lengthOf(held); length && length <= held.length; length = lengthOf(held)) {
      const message = held.subarray(0, length);
      held = held.subarray(length);
      onMessage(message);
    }
  };
}
