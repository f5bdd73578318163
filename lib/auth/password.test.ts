import { expect, test } from "vitest";
import { hashPassword, verifyPassword } from "./password";

test("a password opens its own hash and no other password does", async () => {
  const stored = await hashPassword("correct horse battery");
  expect(await verifyPassword("correct horse battery", stored)).toBe(true);
  expect(await verifyPassword("correct horse batterz", stored)).toBe(false);
  expect(await verifyPassword("", stored)).toBe(false);
});

test("two people with one password have two hashes, and neither shows it", async () => {
  const [one, two] = await Promise.all([hashPassword("same words"), hashPassword("same words")]);
  expect(one).not.toBe(two);
  expect(one).not.toContain("same");
  expect(one.split("$").slice(0, 4)).toEqual(["scrypt", "15", "8", "1"]);
});

test("one form of a character is as good as the other", async () => {
  const stored = await hashPassword("Zu\u0308rich im Sommer");
  expect(await verifyPassword("Z\u00fcrich im Sommer", stored)).toBe(true);
});

test("an unknown person's password is wrong, after the same work", async () => {
  const stored = await hashPassword("known person's words");
  // The first call makes the hash that nothing matches.
  await verifyPassword("warm", null);
  const known = await timed(() => verifyPassword("wrong words", stored));
  const unknown = await timed(() => verifyPassword("wrong words", null));
  expect([known.answer, unknown.answer]).toEqual([false, false]);
  // Skipping the work would be a thousand times faster; the bound only has to tell that from noise.
  expect(unknown.ms).toBeGreaterThan(known.ms / 5);
});

test("a hash that is not ours is an error and never a match", async () => {
  await expect(verifyPassword("x", "md5$abc")).rejects.toThrow("not one of ours");
});

async function timed(run: () => Promise<boolean>) {
  const began = performance.now();
  const answer = await run();
  return { answer, ms: performance.now() - began };
}
