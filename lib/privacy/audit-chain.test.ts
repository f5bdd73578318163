import fc from "fast-check";
import { expect, test } from "vitest";
import { type Act, chain, verifyChain } from "./audit-chain";
import { canonical } from "./canonical";
import type { AuditEntry, Checkpoint } from "./schema-audit";
import { signValue } from "./signing";

const acts: Act[] = Array.from({ length: 12 }, (_, at) => ({
  timestamp: new Date(1_790_000_000_000 + at).toISOString(),
  actor: "system",
  anonymizedUser: null,
  action: "sign_in",
  metadata: { count: at },
}));
const entries = chain(null, acts);

function checkpointAt({ seq, hash }: AuditEntry): Checkpoint {
  const mark = { seq, hash, at: new Date().toISOString() };
  return { ...mark, ...signValue(mark) };
}

const end = checkpointAt(entries.at(-1) as AuditEntry);

test("an untouched chain verifies", async () => {
  expect(await verifyChain(entries, [end])).toMatchObject({ ok: true, entries: 12 });
});

test("any edit, deletion, insertion, swap or cut is found", async () => {
  const place = fc.nat({ max: entries.length - 1 });
  await fc.assert(
    fc.asyncProperty(place, place, fc.nat({ max: 4 }), async (at, other, how) => {
      fc.pre(at !== other);
      const touched = entries.map((entry) => ({ ...entry }));
      const [one, two] = [touched[at] as AuditEntry, touched[other] as AuditEntry];
      if (how === 0) one.actor = "somebody";
      if (how === 1) touched.splice(at, 1);
      if (how === 2) touched.splice(at, 0, { ...two });
      if (how === 3) [touched[at], touched[other]] = [two, one];
      if (how === 4) touched.length = at;
      expect((await verifyChain(touched, [end])).ok).toBe(false);
    }),
  );
});

test("a chain written anew from the first entry is found by its checkpoint", async () => {
  const forged = chain(
    null,
    acts.map((act) => ({ ...act, actor: "somebody" })),
  );
  expect(await verifyChain(forged, [end])).toMatchObject({ fault: "checkpoint_differs" });
  const mark = checkpointAt(forged.at(-1) as AuditEntry);
  const stolen = { ...mark, signature: end.signature };
  expect(await verifyChain(forged, [stolen])).toMatchObject({ fault: "checkpoint_forged" });
});

test("a log whose checkpoints are all gone is not taken for whole", async () => {
  expect(await verifyChain(entries, [])).toMatchObject({ ok: false, fault: "checkpoints_missing" });
  expect(await verifyChain([], [])).toMatchObject({ ok: true, entries: 0 });
});

test("one value has one canonical text, whatever the order of its keys", () => {
  fc.assert(
    fc.property(fc.dictionary(fc.string(), fc.jsonValue()), (value) => {
      const turned = Object.fromEntries(Object.entries(value).reverse());
      expect(canonical(turned)).toBe(canonical(value));
      expect(JSON.parse(canonical(value))).toEqual(JSON.parse(JSON.stringify(value)));
    }),
  );
});
