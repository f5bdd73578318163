import { encode } from "next-auth/jwt";
import { expect, test } from "vitest";
import { newId } from "@/lib/id";
import { decodeSession, encodeSession, sessionSecret, toToken } from "./session";

test("a session names a person and their epoch, and nothing else", async () => {
  const claim = { kind: "staff", id: newId(), epoch: 7 } as const;
  const cookie = await encodeSession({
    ...toToken(claim),
    email: "mia@example.com",
    role: "admin",
  });
  expect(await decodeSession(cookie)).toEqual(claim);
});

test("a session under another secret, an expired one and rubbish are nobody's", async () => {
  const token = toToken({ kind: "customer", id: newId(), epoch: 1 });
  expect(await decodeSession(await encode({ token, secret: "another secret" }))).toBeNull();
  const expired = await encode({ token, secret: sessionSecret(), maxAge: -60 });
  expect(await decodeSession(expired)).toBeNull();
  expect(await decodeSession("rubbish")).toBeNull();
  expect(await decodeSession(undefined)).toBeNull();
});

test("a token of another shape is nobody's, though the secret is right", async () => {
  const token = { sub: "admin", epoch: 1 };
  expect(await decodeSession(await encode({ token, secret: sessionSecret() }))).toBeNull();
});
