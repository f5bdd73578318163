import type { Detector, Span } from "./span";

const LOCAL_MAX = 64;
const DOMAIN_MAX = 253;
const LOCAL = /[\p{L}\p{N}\p{M}._%+'*=~&-]/u;
const DOMAIN = /[\p{L}\p{N}\p{M}.-]/u;
const ENDS_LIKE_A_DOMAIN = /\.(?:\p{L}{2,63}|xn--[a-z0-9-]{2,59})$/iu;

/** E-mail addresses: every @ is looked at once, 64 characters back and 253 on, so no text makes it slow. */
export const emails: Detector = (text) => {
  const spans: Span[] = [];
  let from = 0;
  for (let at = text.indexOf("@"); at >= 0; at = text.indexOf("@", at + 1)) {
    const start = leftEdge(text, at, from);
    const end = rightEdge(text, at);
    if (start < at && end > at && ENDS_LIKE_A_DOMAIN.test(text.slice(at + 1, end))) {
      spans.push({ kind: "EMAIL", start, end });
      from = end;
    }
  }
  return spans;
};

function leftEdge(text: string, at: number, floor: number): number {
  let start = at;
  while (start > floor && at - start < LOCAL_MAX && LOCAL.test(text.charAt(start - 1))) {
    start -= 1;
  }
  while (start < at && /['.=&*]/.test(text.charAt(start))) {
    start += 1;
  }
  return start;
}

function rightEdge(text: string, at: number): number {
  let end = at + 1;
  while (end < text.length && end - at <= DOMAIN_MAX && DOMAIN.test(text.charAt(end))) {
    end += 1;
  }
  while (end > at + 1 && /[.-]/.test(text.charAt(end - 1))) {
    end -= 1;
  }
  return end;
}
