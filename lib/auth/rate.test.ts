import { expect, test } from "vitest";
import { Refusal } from "@/lib/errors";
import { newId } from "@/lib/id";
import { limitBeside, limitRate, refundRate } from "./rate";
import { countHere } from "./store-rate";

// Unit tests have no Redis: this is what a process does by itself while Redis is gone.
test("while Redis is gone a process counts for itself and refuses all the same", async () => {
  const key = newId();
  const twice = { max: 2, windowSeconds: 60 };
  await limitRate("test", key, twice);
  await limitRate("test", key, twice);
  await expect(limitRate("test", key, twice)).rejects.toMatchObject({ code: "rate_limited" });
  await limitRate("test", newId(), twice);
  await limitRate("other", key, twice);
});

test("a use that is taken back does not count", async () => {
  const key = newId();
  const once = { max: 1, windowSeconds: 60 };
  await limitRate("refund", key, once);
  await refundRate("refund", key);
  await limitRate("refund", key, once);
  await expect(limitRate("refund", key, once)).rejects.toMatchObject({ code: "rate_limited" });
});

test("whoever the cookies name is counted once while they are looked up, and refused like anybody", async () => {
  const id = newId();
  const once = { max: 1, windowSeconds: 60 };
  const find = async () => ({ id });
  expect(await limitBeside("beside", once, id, find)).toEqual({ id });
  await expect(limitBeside("beside", once, id, find)).rejects.toMatchObject({
    code: "rate_limited",
  });
});

test("whoever the cookies do not name is counted by who they turn out to be", async () => {
  const [id, cookie] = [newId(), newId()];
  const once = { max: 1, windowSeconds: 60 };
  const find = async () => ({ id });
  await limitBeside("turned-out", once, cookie, find);
  await expect(limitBeside("turned-out", once, newId(), find)).rejects.toMatchObject({
    code: "rate_limited",
  });
});

test("whoever is not let in is told that, however often they came", async () => {
  const id = newId();
  const never = { max: 0, windowSeconds: 60 };
  const find = () => Promise.reject(new Refusal("session_missing"));
  await expect(limitBeside("not-let-in", never, id, find)).rejects.toMatchObject({
    code: "session_missing",
  });
});

test("a window ends", () => {
  const key = newId();
  expect(countHere(key, 60, 1_000)).toBe(1);
  expect(countHere(key, 60, 60_999)).toBe(2);
  expect(countHere(key, 60, 61_001)).toBe(1);
});
