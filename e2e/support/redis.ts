import { createConnection } from "node:net";

const FORGET =
  "for _, key in ipairs(redis.call('KEYS', ARGV[1])) do redis.call('DEL', key) end return 1";

/** Has the run's Redis lose all that it holds of a conversation, as a flush does, but of nobody else's. */
export async function flushConversation(conversationId: string): Promise<void> {
  const url = new URL(process.env["REDIS_URL"] ?? "");
  const commands = [
    ...(url.password ? [["AUTH", decodeURIComponent(url.password)]] : []),
    ["SELECT", url.pathname.slice(1) || "0"],
    ["EVAL", FORGET, "0", `*${conversationId}*`],
  ];
  await new Promise<void>((resolve, reject) => {
    const socket = createConnection(Number(url.port || 6379), url.hostname);
    let said = "";
    socket.once("error", reject);
    socket.on("data", (chunk: Buffer) => {
      said += chunk.toString();
      if (/^-/m.test(said)) {
        socket.destroy();
        reject(new Error(said));
      } else if (said.includes(":1\r\n")) {
        socket.end();
        resolve();
      }
    });
    socket.write(commands.map(encode).join(""));
  });
}

/** A command as Redis reads it. */
function encode(words: string[]): string {
  const parts = words.map((word) => `$${Buffer.byteLength(word)}\r\n${word}\r\n`);
  return `*${words.length}\r\n${parts.join("")}`;
}
