import { expect, test } from "vitest";
import { percentile, slope } from "./measure";
import { commands, statements } from "./wire";

/** What a reader names when a client's bytes come in pieces of `size`. */
function read(reader: typeof statements, bytes: Buffer, size: number): string[] {
  const named: string[] = [];
  const take = reader((name) => named.push(name));
  for (let at = 0; at < bytes.length; at += size) {
    take(bytes.subarray(at, at + size));
  }
  return named;
}

function message(type: string, body: string): Buffer {
  const length = Buffer.alloc(4);
  length.writeUInt32BE(body.length + 4);
  return Buffer.concat([Buffer.from(type), length, Buffer.from(body)]);
}

test.each([1, 7, 10_000])("statements are counted, however the bytes come (%i)", (size) => {
  const bytes = Buffer.concat([
    message("", "startup"),
    message("Q", "BEGIN\0"),
    message("P", "\0SELECT  1\n WHERE $1\0\0\0"),
    message("B", "\0\0"),
    message("E", "\0\0\0\0\0"),
    message("S", ""),
    message("Q", "COMMIT\0"),
  ]);
  expect(read(statements, bytes, size)).toEqual(["BEGIN", "SELECT 1 WHERE $1", "COMMIT"]);
});

test.each([1, 5, 10_000])("commands are counted, however the bytes come (%i)", (size) => {
  const bytes = Buffer.from(
    "*2\r\n$3\r\nget\r\n$4\r\na\r\nb\r\n*3\r\n$7\r\nEVALSHA\r\n$0\r\n\r\n$2\r\nxy\r\n*1\r\n$4\r\nPING\r\n",
  );
  expect(read(commands, bytes, size)).toEqual(["GET", "EVALSHA", "PING"]);
});

test("a percentile is a value that was measured", () => {
  const values = [5, 1, 4, 2, 3];
  expect(percentile(values, 0.5)).toBe(3);
  expect(percentile(values, 0.95)).toBe(5);
  expect(percentile([7], 0.5)).toBe(7);
  expect(percentile([], 0.5)).toBeNull();
});

test("memory that grows by two a minute has that slope, and flat memory none", () => {
  const at = [0, 1, 2, 3];
  expect(slope(at.map((minute) => ({ at: minute, mb: 100 + 2 * minute })))).toBeCloseTo(2);
  expect(slope(at.map((minute) => ({ at: minute, mb: 100 })))).toBe(0);
});
