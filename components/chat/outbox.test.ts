import fc from "fast-check";
import { expect, test } from "vitest";
import { changeOutbox, type OutboxChange, type Outgoing } from "./outbox";

const run = (...changes: OutboxChange[]) => changes.reduce<Outgoing[]>(changeOutbox, []);

test("a double click sends one message", () => {
  const send = { type: "send", id: "m1", text: "hello" } as const;
  expect(run(send, send)).toHaveLength(1);
});

test("a failed message says why and keeps its id over a retry", () => {
  const failed = run(
    { type: "send", id: "m1", text: "hello" },
    { type: "failed", id: "m1", reason: "No connection." },
  );
  expect(failed).toEqual([{ id: "m1", text: "hello", state: "failed", reason: "No connection." }]);
  const retried = changeOutbox(failed, { type: "retry", id: "m1" });
  expect(retried).toEqual([{ id: "m1", text: "hello", state: "sending", reason: null }]);
});

test("whatever happens, no id stands twice and nothing leaves the outbox but by being sent", () => {
  const id = fc.constantFrom("a", "b", "c");
  const change: fc.Arbitrary<OutboxChange> = fc.oneof(
    fc.record({ type: fc.constant("send" as const), id, text: fc.constant("t") }),
    fc.record({ type: fc.constant("retry" as const), id }),
    fc.record({ type: fc.constant("failed" as const), id, reason: fc.constant("r") }),
    fc.record({ type: fc.constant("sent" as const), id }),
  );
  fc.assert(
    fc.property(fc.array(change, { maxLength: 30 }), (changes) => {
      const held = new Set<string>();
      let outbox: Outgoing[] = [];
      for (const each of changes) {
        outbox = changeOutbox(outbox, each);
        if (each.type === "send") {
          held.add(each.id);
        } else if (each.type === "sent") {
          held.delete(each.id);
        }
        expect(outbox.map((one) => one.id).sort()).toEqual([...held].sort());
      }
    }),
  );
});
