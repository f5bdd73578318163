import net from "node:net";
import { afterEach, expect, test } from "vitest";
import { findFreePort, isFree, requirePort } from "./ports.mjs";

let server: net.Server | null = null;
afterEach(() => server?.close());

function takePort(host: string): Promise<number> {
  return new Promise((resolve) => {
    const taken = net.createServer().listen(0, host, () => {
      const address = taken.address();
      server = taken;
      resolve(typeof address === "object" && address ? address.port : 0);
    });
  });
}

test("a taken port is refused with its number and a command that works", async () => {
  const port = await takePort("127.0.0.1");
  await expect(requirePort(port, "start")).rejects.toThrow(
    new RegExp(`Port ${port} is taken.*PORT=3001 npm start`),
  );
});

test("a port that somebody holds on every address is taken", async () => {
  expect(await isFree(await takePort("0.0.0.0"))).toBe(false);
});

test("the next free port is found beside a taken one", async () => {
  const port = await takePort("127.0.0.1");
  expect(await findFreePort(port)).toBeGreaterThan(port);
});
