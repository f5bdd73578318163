import type { Detector, Span } from "./span";

const PEM = /-----BEGIN [A-Z ]{0,30}PRIVATE KEY-----/g;
const PEM_END = "-----END";
// Keys that carry their maker's prefix, JSON web tokens, bearer headers.
const KNOWN =
  /(?<![\p{L}\p{N}])(?:(?:sk|pk|rk)[-_](?:live|test|proj|ant)?[-_]?[\w-]{16,200}|gh[pousr]_\w{20,255}|github_pat_\w{20,255}|glpat-[\w-]{20,100}|xox[abprs]-[\w-]{10,200}|(?:AKIA|ASIA)[A-Z0-9]{16}|AIza[\w-]{35}|eyJ[\w-]{8,2000}\.[\w-]{8,4000}\.[\w-]{0,2000}|(?<=[Bb]earer )[\w.~+/=-]{16,2000})/gu;
const NAMED =
  /\b(?:pass ?word|passwd|pwd|pass ?code|pass ?phrase|passwort|kennwort|mot de passe|contraseña|senha|secret(?: key)?|api[ _-]?key|access[ _-]?key|auth(?:entication)?[ _-]?(?:code|token)|access[ _-]?token|security (?:code|answer)|one[ -]?time (?:code|password)|otp|2fa code|verification code|cvv2?|cvc2?|pin(?: code| number)?)\b/giu;
// Between the name and the value: a few words at most, then "is", a colon or an equals sign.
const LINK =
  /^(?: ?(?:for|of|to|on) (?:my|the|this|your) [\p{L}\p{N}'-]{1,20}(?: [\p{L}\p{N}'-]{1,20})?)?(?:\s{0,3}[:=]\s{0,3}|\s{1,3}(?:is now|is still|is|was|ist|lautet|est|es|é)\s{1,3}(?:[:=]\s{0,2})?|["'`]\s{0,2}:\s{0,2})/iu;
const CODE_NAME = /^(?:cvv2?|cvc2?|pin|otp)/i;
const BARE_CODE = /^\s{1,3}(?=\d{3,8}(?!\d))/;
const QUOTED = /^["'`“]([^"'`”\n]{1,128})["'`”]/;
const WORD = /^[^\s"'`,;]{1,256}/;

// What people say about a password instead of saying it.
const NOT_A_VALUE = new Set(
  (
    "a an the not no too very still now never always also being been set reset wrong incorrect invalid expired correct " +
    "right working accepted recognised recognized rejected blocked locked lost gone forgotten required needed missing " +
    "empty different same weak strong short long safe secure compromised leaked stolen changed updated saved stored sent " +
    "broken what that this it my your our his her their in on at for to so because just only really asked asking under"
  ).split(" "),
);

/** Passwords, codes and keys: by their makers' prefixes, or by what stands before them. Their values are kept nowhere. */
export const secrets: Detector = (text) => [...privateKeys(text), ...known(text), ...named(text)];

function privateKeys(text: string): Span[] {
  const spans: Span[] = [];
  let end = 0;
  for (const { index } of text.matchAll(PEM)) {
    if (index >= end) {
      const closing = text.indexOf(PEM_END, index + 1);
      const newline = closing < 0 ? -1 : text.indexOf("\n", closing);
      end = newline < 0 ? text.length : newline;
      spans.push({ kind: "SECRET", start: index, end });
    }
  }
  return spans;
}

function known(text: string): Span[] {
  return [...text.matchAll(KNOWN)].map(({ 0: found, index }) => ({
    kind: "SECRET",
    start: index,
    end: index + found.length,
  }));
}

function named(text: string): Span[] {
  return [...text.matchAll(NAMED)].flatMap(({ 0: name, index }) => {
    const from = index + name.length;
    const rest = text.slice(from, from + 400);
    const link = LINK.exec(rest) ?? (CODE_NAME.test(name) ? BARE_CODE.exec(rest) : null);
    const value = link && spokenValue(rest.slice(link[0].length), /[:=]/.test(link[0]));
    const start = from + (link?.[0].length ?? 0);
    return value ? [{ kind: "SECRET" as const, start, end: start + value.length }] : [];
  });
}

function spokenValue(rest: string, isAssigned: boolean): string | null {
  const quoted = QUOTED.exec(rest);
  if (quoted) {
    return quoted[0];
  }
  const word = WORD.exec(rest)?.[0].replace(/[.!?)\]}]{1,8}$/, "");
  if (!word || word.startsWith("[") || NOT_A_VALUE.has(word.toLowerCase())) {
    return null;
  }
  // "my password is sunshine." is a value; "the password is used by" is a sentence.
  const ends = /^[.!?)\]}]*\s*(?:$|[\n,;.!?]|(?:and|but|und|et|y)\b)/.test(rest.slice(word.length));
  return isAssigned || /[\d\p{P}\p{S}]/u.test(word) || ends ? word : null;
}
