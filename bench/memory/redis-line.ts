import { createConnection } from "node:net";

/** One connection to Redis for short questions whose answer is one line: what is asked of it is not what is measured. */
export class RedisLine {
  private readonly socket;
  private waiting: ((line: string) => void)[] = [];

  constructor(url: URL) {
    this.socket = createConnection({ port: Number(url.port), host: url.hostname });
    this.socket.setNoDelay(true);
    let held = "";
    this.socket.setEncoding("utf8").on("data", (piece: string) => {
      const lines = (held + piece).split("\r\n");
      held = lines.pop() ?? "";
      for (const line of lines) {
        this.waiting.shift()?.(line);
      }
    });
    this.socket.write(`SELECT ${url.pathname.slice(1) || "0"}\r\n`);
    this.waiting.push(() => undefined);
  }

  ask(...words: string[]): Promise<string> {
    return new Promise((resolve) => {
      this.waiting.push(resolve);
      this.socket.write(`${words.join(" ")}\r\n`);
    });
  }

  close(): void {
    this.socket.end();
  }

  /** What these keys take of Redis's memory, with all their elements. */
  async bytesOf(...keys: string[]): Promise<number> {
    let bytes = 0;
    for (const key of keys) {
      const line = await this.ask("MEMORY", "USAGE", key, "SAMPLES", "0");
      // A key that is not there is no number.
      bytes += Number(/^:(\d+)$/.exec(line)?.[1] ?? 0);
    }
    return bytes;
  }
}
