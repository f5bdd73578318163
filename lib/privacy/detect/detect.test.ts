import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { detect, normalForm } from "./index";

function found(text: string): string[] {
  return detect(text).map(({ kind, start, end }) => `${kind} ${text.slice(start, end)}`);
}

describe("what identifies a person is found", () => {
  test.each([
    ["Call me at 555-123-4567 please", "PHONE 555-123-4567"],
    ["Order 12345. 555-123-4567 is mine", "PHONE 555-123-4567"],
    ["about order 12345, 555-123-4567", "PHONE 555-123-4567"],
    ["since 23.11.2026 555-123-4567", "PHONE 555-123-4567"],
    ["on 23.11. at +49 (0)30 901820", "PHONE +49 (0)30 901820"],
    ["0049 30 901820", "PHONE 0049 30 901820"],
    ["(415) 555-2671 is my number", "PHONE (415) 555-2671"],
    ["reach me: +49 30 901820", "PHONE +49 30 901820"],
    ["my phone number is 5551234567", "PHONE 5551234567"],
    ["Ruf an: 030 9018 2000", "PHONE 030 9018 2000"],
    ["Tel. 06 12 34 56 78", "PHONE 06 12 34 56 78"],
    ["desk 541-714-1388 x204", "PHONE 541-714-1388 x204"],
    ["mail mia.o'neil+shop@example.co.uk.", "EMAIL mia.o'neil+shop@example.co.uk"],
    ["<jörg@müller.example>", "EMAIL jörg@müller.example"],
    ["card 4111 1111 1111 1111, thanks", "CARD 4111 1111 1111 1111"],
    ["it is 378282246310005", "CARD 378282246310005"],
    ["4111-1111-1111-1111 exp 12/26", "CARD 4111-1111-1111-1111"],
    ["card 4000 0566 5566 5556 7", "CARD 4000 0566 5566 5556"],
    ["12 4 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1, 9", "CARD 4 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1"],
    ["+44 20 8455 5220", "PHONE +44 20 8455 5220"],
    ["IBAN DE89 3704 0044 0532 0130 00 is mine", "IBAN DE89 3704 0044 0532 0130 00"],
    ["gb82west12345698765432", "IBAN gb82west12345698765432"],
    ["SSN 219-09-9999", "SSN 219-09-9999"],
    ["my social security is 219099999", "SSN 219099999"],
    ["NI number QQ 12 34 56 C? no: AB 12 34 56 C", "SSN AB 12 34 56 C"],
    ["from 203.0.113.7 today", "IP 203.0.113.7"],
    ["and 2001:db8::8a2e:370:7334", "IP 2001:db8::8a2e:370:7334"],
    ["my password is hunter2!", "SECRET hunter2"],
    ["the password for my account is sunshine.", "SECRET sunshine"],
    ["PIN: 4921", "SECRET 4921"],
    ["cvv 123", "SECRET 123"],
    ['"api_key": "abc def"', 'SECRET "abc def"'],
    ["use sk-proj-abcdefghijklmnop1234 for it", "SECRET sk-proj-abcdefghijklmnop1234"],
    ["Tel: ０３０ ９０１８ ２０００", "PHONE ０３０ ９０１８ ２０００"],
  ])("%s", (text, expected) => {
    expect(found(text)).toEqual([expected]);
  });
});

describe("what a shop talks about stays", () => {
  test.each([
    "Where is my order #ORD-789456?",
    "Order 12345 is delayed",
    "order number 1234567890",
    "order no. 555-123-4567",
    "tracking number 1Z999AA10123456784",
    "items 9523456873 and 1656367028",
    "It cost $1,234.56, not €2.345,00 or 1.234.567",
    "a laptop for 2,000 with 32 GB",
    "delivered on 2026-11-23 10:30:00, not 23.11.2026 or 11/23/2026",
    "ten days in Japan from 2026-04-01 to 2026-04-11",
    "tracking number 655789123459 and 453159654483",
    "tracking JD4111111111111111 and licence U62928788557186",
    "https://static.example/3437/3935231341",
    "version 10.2.3.4 of the app",
    "This message has the score 0.2927246",
    "open 01.12. - 05.12. and 24/12-06/01, 0900-1700",
    "zip 02139-4307",
    "2+2=4, 1+1234567",
    "iPhone 14 128 256 512 or headphones 1234567",
    "call me on 2026-11-23 about order 1234567",
    "my password is not working",
    "the password is wrong",
    "I forgot my password, is there a way to reset it?",
    "use std::vector or a::b",
    "size 42, zip 90210, 3 x 4 x 5",
    "[EMAIL_1] and [PHONE_12] and [CARD]",
    "2026-04-01T10:00:00.000Z",
    "01936b2e-0000-7000-8000-000000000001",
  ])("%s", (text) => {
    expect(found(text)).toEqual([]);
  });
});

test("spans never overlap and stay inside the text, whatever it holds", () => {
  const piece = fc.oneof(
    fc.string({ unit: "grapheme", maxLength: 8 }),
    fc.constantFrom(
      "a@b.io",
      "4111111111111111",
      "password is ",
      "+4930901820",
      "219-09-9999",
      "::1",
    ),
  );
  fc.assert(
    fc.property(fc.array(piece, { maxLength: 12 }), (pieces) => {
      const text = pieces.join("");
      let from = 0;
      for (const { start, end } of detect(text)) {
        expect(start).toBeGreaterThanOrEqual(from);
        expect(end).toBeGreaterThan(start);
        from = end;
      }
      expect(from).toBeLessThanOrEqual(text.length);
    }),
  );
});

test("an address inside any surroundings is never left standing", () => {
  fc.assert(
    fc.property(fc.string(), fc.string(), (left, right) => {
      const text = `${left} mia.silva@example.com ${right}`;
      const at = left.length + 1;
      const covered = detect(text).some(({ start, end }) => start <= at && end >= at + 21);
      expect(covered).toBe(true);
    }),
  );
});

const UNITS = [
  "a",
  "1",
  "1 ",
  "1-",
  "a@",
  "a@b.",
  "+1 ",
  "DE89 ",
  "password is ",
  "ab:",
  "4111 ",
  "Maria ",
  "my name is ",
  "A. ",
  "Xyz ",
  "12 Abc St ",
  "Hauptstr 1 ",
  "rue de la ",
  "Apt 1, ",
  "\n",
  "a-",
  "é",
];

const ATTEMPTS_MAX = 12;

/** What the processor worked, in microseconds; what other programs do meanwhile hardly counts. */
function workOf(text: string): number {
  const begun = process.cpuUsage();
  detect(text);
  const { user, system } = process.cpuUsage(begun);
  return Math.max(1_000, user + system);
}

// What is quadratic takes a hundred times as much for ten times the text. The least of several runs is compared.
test.each(UNITS)("ten times as much of %j is about ten times the work", (unit) => {
  const [small, large] = [10_000, 100_000].map((chars) => unit.repeat(chars / unit.length));
  let [least, most] = [Number.POSITIVE_INFINITY, Number.POSITIVE_INFINITY];
  for (let attempt = 0; attempt < ATTEMPTS_MAX && !(most < 40 * least); attempt += 1) {
    least = Math.min(least, workOf(small ?? ""));
    most = Math.min(most, workOf(large ?? ""));
  }
  expect(most).toBeLessThan(40 * least);
});

test("spellings of one value have one normal form", () => {
  expect(normalForm("EMAIL", "Mia@Example.com")).toBe(normalForm("EMAIL", "mia@example.com"));
  expect(normalForm("PHONE", "(555) 123-4567")).toBe(normalForm("PHONE", "555 123 4567"));
  expect(normalForm("PERSON", "sarah  CONNOR")).toBe(normalForm("PERSON", "Dr. Sarah Connor"));
  expect(normalForm("PERSON", "José")).toBe(normalForm("PERSON", "Jose"));
  expect(normalForm("ADDRESS", "12 Maple Drive,\nSpringfield")).toBe(
    normalForm("ADDRESS", "12 maple drive, Springfield"),
  );
  expect(normalForm("IBAN", "de89 3704")).toBe(normalForm("IBAN", "DE893704"));
});
