import { createServer, type Socket } from "node:net";

/** A mail as it arrived, its text decoded. */
export type Received = { from: string; to: string[]; raw: string; text: string };

/** accept; refuse every address; be out of order; say nothing at all. */
export type Manner = "accept" | "refuse" | "broken" | "silent";

export type Mailbox = {
  url: string;
  mails: Received[];
  behave: (manner: Manner) => void;
  stop: () => Promise<void>;
};

/** A mail server on a free port that keeps what it is given: just enough of SMTP for a real client over TCP. */
export async function openMailbox(): Promise<Mailbox> {
  const mails: Received[] = [];
  const open = new Set<Socket>();
  let manner: Manner = "accept";
  const server = createServer((socket) => {
    open.add(socket);
    socket.on("close", () => open.delete(socket));
    socket.on("error", () => undefined);
    if (manner !== "silent") {
      converse(socket, () => manner, mails);
    }
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const address = server.address();
  const port = typeof address === "object" && address ? address.port : 0;
  return {
    url: `smtp://127.0.0.1:${port}`,
    mails,
    behave: (next) => {
      manner = next;
    },
    stop: async () => {
      for (const socket of open) {
        socket.destroy();
      }
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

function converse(socket: Socket, manner: () => Manner, mails: Received[]): void {
  let held = "";
  let body: string[] | null = null;
  let mail: Pick<Received, "from" | "to"> = { from: "", to: [] };
  const answers: [RegExp, (line: string) => string][] = [
    [
      /^MAIL FROM:/i,
      (line) => {
        mail = { from: inAngles(line), to: [] };
        return manner() === "broken" ? "451 out of order" : "250 ok";
      },
    ],
    [
      /^RCPT TO:/i,
      (line) => {
        mail.to.push(inAngles(line));
        return manner() === "refuse" ? "550 nobody of that name" : "250 ok";
      },
    ],
    [
      /^DATA/i,
      () => {
        body = [];
        return "354 go on";
      },
    ],
    [/^STARTTLS/i, () => "502 not here"],
    [/^QUIT/i, () => "221 bye"],
    [/^/, () => "250 ok"],
  ];
  const keep = (lines: string[]): string => {
    const raw = lines.join("\r\n");
    mails.push({ ...mail, raw, text: decode(raw) });
    body = null;
    return "250 kept";
  };
  const answer = (line: string): string | undefined => {
    if (!body) {
      return answers.find(([command]) => command.test(line))?.[1](line);
    }
    if (line === ".") {
      return keep(body);
    }
    body.push(line.replace(/^\.\./, "."));
    return undefined;
  };
  socket.setEncoding("utf8");
  socket.on("data", (chunk: string) => {
    const lines = (held + chunk).split("\r\n");
    held = lines.pop() ?? "";
    const said = lines.flatMap((line) => answer(line) ?? []);
    socket.write(said.map((line) => `${line}\r\n`).join(""));
  });
  socket.write("220 mailbox\r\n");
}

function inAngles(line: string): string {
  return /<([^>]*)>/.exec(line)?.[1] ?? "";
}

/** Quoted-printable undone, so that a link stands in one piece. */
function decode(raw: string): string {
  return raw
    .replaceAll("=\r\n", "")
    .replaceAll(/=([0-9A-F]{2})/g, (_, hex: string) =>
      String.fromCharCode(Number.parseInt(hex, 16)),
    );
}
