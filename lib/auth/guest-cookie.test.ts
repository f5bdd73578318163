import fc from "fast-check";
import { expect, test } from "vitest";
import { newId } from "@/lib/id";
import { readGuest, signGuest } from "./guest-cookie";

test("a guest's cookie names the guest it was signed for", () => {
  const claim = { id: newId(), epoch: 3 };
  expect(readGuest(signGuest(claim))).toEqual(claim);
});

test("a cookie with another guest's id or another epoch is nobody's", () => {
  const [id, epoch, mac] = signGuest({ id: newId(), epoch: 1 }).split(".");
  expect(readGuest(`${newId()}.${epoch}.${mac}`)).toBeNull();
  expect(readGuest(`${id}.2.${mac}`)).toBeNull();
  expect(readGuest(`${id}.${epoch}.`)).toBeNull();
  expect(readGuest(`${id}.${epoch}`)).toBeNull();
  expect(readGuest(undefined)).toBeNull();
});

test("no change of one character survives", () => {
  const id = newId();
  const cookie = signGuest({ id, epoch: 1 });
  fc.assert(
    fc.property(fc.nat(cookie.length - 1), fc.constantFrom(..."0aZ-._~"), (at, letter) => {
      const forged = `${cookie.slice(0, at)}${letter}${cookie.slice(at + 1)}`;
      const read = readGuest(forged);
      return forged === cookie || read === null;
    }),
  );
});
