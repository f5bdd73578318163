import { isIPv4, isIPv6 } from "node:net";
import { before, type Detector, type Span } from "./span";

const DOTTED = /(?<![\p{L}\p{N}.-])\d{1,3}\.\d{1,3}\.\d{1,3}\.\d{1,3}(?![\p{L}\p{N}]|\.\d|-\d)/gu;
const COLONED = /(?<![\p{L}\p{N}:.])[0-9a-f:]{2,39}(?:\.\d{1,3}){0,3}(?![\p{L}\p{N}:])/giu;
const SAYS_ENOUGH = /^(?=.*\d).*[0-9a-f]+:.*[0-9a-f]/i;
const VERSIONED = /(?:\bv|version|release|firmware|build)[ :.]*$/;

/** Addresses of machines, which are a person's when a person writes them. Version numbers stay. */
export const ips: Detector = (text) => [
  ...[...text.matchAll(DOTTED)]
    .filter(({ 0: found, index }) => isIPv4(found) && !VERSIONED.test(before(text, index)))
    .map(toSpan),
  ...[...text.matchAll(COLONED)]
    // A digit and two groups at least: "::" and "a::b" are code, 10:30:00 is a time.
    .filter(({ 0: found }) => isIPv6(found) && SAYS_ENOUGH.test(found))
    .map(toSpan),
];

function toSpan(match: RegExpExecArray): Span {
  return { kind: "IP", start: match.index, end: match.index + match[0].length };
}
