import { type AddressInfo, createServer } from "node:net";
import { expect, test } from "vitest";
import { RedisLine } from "./redis-line";

test("answers find their questions, however the bytes come", async () => {
  const asked: string[] = [];
  const server = createServer((socket) => {
    socket.setEncoding("utf8").on("data", (piece: string) => {
      for (const line of piece.split("\r\n").filter(Boolean)) {
        asked.push(line);
        const answer = line.startsWith("MEMORY") ? ":100" : line.startsWith("GET") ? "$-1" : "+OK";
        socket.write(answer.slice(0, 2));
        socket.write(`${answer.slice(2)}\r\n`);
      }
    });
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  const redis = new RedisLine(new URL(`redis://127.0.0.1:${port}/7`));
  expect(await Promise.all([redis.ask("PING"), redis.ask("GET", "a")])).toEqual(["+OK", "$-1"]);
  expect(await redis.bytesOf("a", "b")).toBe(200);
  expect(asked[0]).toBe("SELECT 7");
  redis.close();
  server.close();
});
