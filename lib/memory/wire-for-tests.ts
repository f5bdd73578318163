import { connect, createServer, type Server, type Socket } from "node:net";
import { env } from "@/lib/env";

const AWAY_MS = 300;

/**
 * Stands between this process and PostgreSQL, which restarts when it is told to commit: before it heard of it, or
 * behind, so that nobody is told. Call it before any use.
 */
export async function wireThatBreaksAtCommit() {
  const real = new URL(env.DATABASE_URL);
  const open = new Set<Socket>();
  let breaks: "before" | "after" | null = null;
  let server: Server;
  const restart = () => {
    breaks = null;
    server.close();
    for (const socket of open) {
      socket.destroy();
    }
    setTimeout(() => serve(port).then((back) => (server = back)), AWAY_MS);
  };
  const serve = (at: number) =>
    new Promise<Server>((resolve) => {
      const made = createServer((client) => {
        const far = connect(Number(real.port || 5432), real.hostname);
        for (const socket of [client, far]) {
          open.add(socket);
          socket.on("error", () => socket.destroy());
          socket.on("close", () => {
            open.delete(socket);
            client.destroy();
            far.destroy();
          });
        }
        let isHeard = false;
        client.on("data", (bytes: Buffer) => {
          const isCommit = breaks !== null && bytes.includes("COMMIT");
          if (isCommit && breaks === "before") {
            restart();
            return;
          }
          isHeard ||= isCommit;
          far.write(bytes);
        });
        far.on("data", (bytes: Buffer) => {
          if (isHeard) {
            restart();
          } else {
            client.write(bytes);
          }
        });
      });
      made.listen(at, "127.0.0.1", () => resolve(made));
    });
  server = await serve(0);
  const address = server.address();
  const port = typeof address === "object" && address ? address.port : 0;
  const wired = new URL(real);
  wired.hostname = "127.0.0.1";
  wired.port = String(port);
  env.DATABASE_URL = wired.href;
  return {
    breakAtCommit(when: "before" | "after"): void {
      breaks = when;
    },
    isWhole: () => breaks === null,
  };
}
