import type { Detector, Span } from "./span";

// Length of an IBAN by country (ISO 13616 registry).
const LENGTHS = new Map(
  (
    "AD24 AE23 AL28 AT20 AZ28 BA20 BE16 BG22 BH22 BI27 BR29 BY28 CH21 CR22 CY28 CZ24 DE22 DJ27 DK18 DO28 EE20 EG29 ES24 " +
    "FI18 FK18 FO18 FR27 GB22 GE22 GI23 GL18 GR27 GT28 HN28 HR21 HU28 IE22 IL23 IQ23 IS26 IT27 JO30 KW30 KZ20 LB28 LC32 " +
    "LI21 LT20 LU20 LV21 LY25 MC27 MD24 ME22 MK19 MN20 MR27 MT31 MU30 NI28 NL18 NO15 OM23 PK24 PL28 PS29 PT25 QA29 RO24 " +
    "RS22 RU33 SA24 SC31 SD18 SE24 SI19 SK24 SM27 SO23 ST25 SV28 TL23 TN24 TR26 UA29 VA22 VG24 XK20 YE30"
  )
    .split(" ")
    .map((each) => [each.slice(0, 2), Number(each.slice(2))]),
);

const BEGINS = /(?<![\p{L}\p{N}])[A-Z]{2} ?\d{2}/giu;

/** IBANs: a country's length and the remainder modulo 97 must be right; spaces and hyphens between groups are allowed. */
export const ibans: Detector = (text) => {
  const spans: Span[] = [];
  for (const match of text.matchAll(BEGINS)) {
    const length = LENGTHS.get(match[0].slice(0, 2).toUpperCase());
    const end = length ? endOf(text, match.index, length) : -1;
    if (end > 0 && isRemainderOne(text.slice(match.index, end))) {
      spans.push({ kind: "IBAN", start: match.index, end });
    }
  }
  return spans;
};

const FIRST_SIGNS = 4;
const WORD_SIGN = /[\p{L}\p{N}]/u;

// Where the country's number of letters and digits has been read, or -1.
function endOf(text: string, start: number, length: number): number {
  let seen = 0;
  for (let at = start; at < text.length && at - start < length * 2; at += 1) {
    const code = text.charCodeAt(at);
    if (isSign(code)) {
      seen += 1;
    } else if (code !== 0x20 && code !== 0x2d) {
      return -1;
    }
    if (seen === length) {
      return WORD_SIGN.test(text.charAt(at + 1)) ? -1 : at + 1;
    }
  }
  return -1;
}

// A digit or an ASCII letter.
function isSign(code: number): boolean {
  const letter = code | 0x20;
  return (code >= 0x30 && code <= 0x39) || (letter >= 0x61 && letter <= 0x7a);
}

// The first four signs are read last; letters count as two digits.
function isRemainderOne(iban: string): boolean {
  let first = 0;
  let rest = 0;
  let seen = 0;
  for (let at = 0; at < iban.length; at += 1) {
    const code = iban.charCodeAt(at);
    if (isSign(code)) {
      seen += 1;
      if (seen <= FIRST_SIGNS) {
        first = added(first, code);
      } else {
        rest = added(rest, code);
      }
    }
  }
  // Two letters and two digits make six digits.
  return (rest * 1_000_000 + first) % 97 === 1;
}

function added(remainder: number, code: number): number {
  const value = code > 0x39 ? (code & 0xdf) - 0x37 : code - 0x30;
  const sum = remainder * (value > 9 ? 100 : 10) + value;
  return sum > 1_000_000 ? sum % 97 : sum;
}
