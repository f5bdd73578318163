import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { expect, test } from "vitest";
import { clientAddress, noteAddresses } from "./address";

const forwarded = (value: string) => new Headers({ "x-forwarded-for": value });

test("without a proxy of ours only the connection itself is believed", () => {
  expect(clientAddress(forwarded("203.0.113.9"), 0)).toBe("203.0.113.9");
  expect(clientAddress(forwarded("1.1.1.1, 2.2.2.2, 203.0.113.9"), 0)).toBe("203.0.113.9");
});

test("behind proxies of ours the address is what the outermost of them saw", () => {
  expect(clientAddress(forwarded("1.1.1.1, 198.51.100.7, 10.0.0.1"), 1)).toBe("198.51.100.7");
  expect(clientAddress(forwarded("1.1.1.1, 198.51.100.7, 10.0.0.2, 10.0.0.1"), 2)).toBe(
    "198.51.100.7",
  );
});

test("fewer entries than proxies, or none, end nowhere else", () => {
  expect(clientAddress(forwarded("198.51.100.7"), 3)).toBe("198.51.100.7");
  expect(clientAddress(new Headers(), 1)).toBe("unknown");
  expect(clientAddress(forwarded("::ffff:198.51.100.7"), 0)).toBe("198.51.100.7");
});

test("a client that makes up a header is still seen under its own address", async () => {
  noteAddresses();
  noteAddresses();
  const server = createServer((request, response) => {
    response.end(String(request.headers["x-forwarded-for"]));
  });
  await new Promise<void>((done) => server.listen(0, "127.0.0.1", done));
  const { port } = server.address() as AddressInfo;
  const answer = await fetch(`http://127.0.0.1:${port}`, {
    headers: { "x-forwarded-for": "9.9.9.9" },
  });
  const seen = await answer.text();
  server.close();
  expect(seen).toBe("9.9.9.9, 127.0.0.1");
  expect(clientAddress(forwarded(seen), 0)).toBe("127.0.0.1");
});
