import { generateKeyPairSync, sign } from "node:crypto";
import fc from "fast-check";
import { expect, test } from "vitest";
import { newId } from "@/lib/id";
import { canonical } from "./canonical";
import { BEGINNING, endOf, nextLine, personOf, readLine, verifyLines } from "./ledger";

const LINES = 5;
const lines: string[] = [];
let end = BEGINNING;
for (let number = 1; number <= LINES; number += 1) {
  const { line, text } = nextLine(end, {
    at: "2026-03-05T10:00:00.000Z",
    person: personOf(newId()),
    request: newId(),
    reason: "asked_online",
    by: "customer",
    receivedAt: "2026-03-04T10:00:00.000Z",
  });
  lines.push(text.trimEnd());
  end = endOf(line);
}
const faultOf = async (changed: string[], known = end) => {
  const verdict = await verifyLines(changed, known);
  return verdict.ok ? null : verdict.fault;
};

test("a whole ledger verifies, also one that goes on behind what the database remembers", async () => {
  expect(await verifyLines(lines, end)).toEqual({ ok: true, lines: LINES });
  expect(await verifyLines(lines, BEGINNING)).toEqual({ ok: true, lines: LINES });
  expect(await verifyLines([], BEGINNING)).toEqual({ ok: true, lines: 0 });
});

test("a ledger without its last lines is cut off, at whatever line", async () => {
  for (let kept = 0; kept < LINES; kept += 1) {
    expect(await faultOf(lines.slice(0, kept))).toBe("end_cut_off");
  }
});

test("whatever one does to lines, it is found", async () => {
  const at = fc.nat({ max: LINES - 1 });
  await fc.assert(
    fc.asyncProperty(
      at,
      at,
      fc.constantFrom("drop", "swap", "double", "edit"),
      async (i, j, act) => {
        fc.pre(i !== j);
        const changed = [...lines];
        const [one = "", other = ""] = [changed[i], changed[j]];
        if (act === "drop") {
          changed.splice(i, 1);
        } else if (act === "swap") {
          [changed[i], changed[j]] = [other, one];
        } else if (act === "double") {
          changed.splice(i, 0, one);
        } else {
          changed[i] = one.replace(
            /"person":"(.)/,
            (_, digit) => `"person":"${digit === "0" ? 1 : 0}`,
          );
        }
        expect(await faultOf(changed)).not.toBeNull();
      },
    ),
  );
});

test("a line that another key signed is forged, even when every link holds", async () => {
  const { privateKey } = generateKeyPairSync("ed25519");
  const { signature: _, ...last } = readLine(lines.at(-1) ?? "", LINES);
  const { keyId, ...fact } = last;
  const forged = sign(null, Buffer.from(canonical(fact)), privateKey).toString("base64");
  const text = JSON.stringify({ ...fact, keyId, signature: forged });
  expect(await faultOf([...lines.slice(0, -1), text], BEGINNING)).toBe("line_forged");
});

test("a ledger written anew with the right key is not the one that the database remembers", async () => {
  const { text } = nextLine(BEGINNING, {
    at: "2026-03-05T10:00:00.000Z",
    person: personOf(newId()),
    request: newId(),
    reason: "other",
    by: "staff",
    receivedAt: "2026-03-05T10:00:00.000Z",
  });
  const first = endOf(readLine(lines[0] ?? "", 1));
  expect(await faultOf([text.trimEnd()], first)).toBe("history_differs");
});

test("a line names nobody: no id, and not the pseudonym that logs show", () => {
  const id = newId();
  expect(personOf(id)).toMatch(/^[0-9a-f]{64}$/);
  expect(personOf(id)).toBe(personOf(id));
  expect(personOf(newId())).not.toBe(personOf(id));
});
