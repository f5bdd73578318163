import { textOf } from "./markdown-plain";

/** Where a link may lead: nowhere, to an article of ours, or out (then `shown` is its host, unless the text says it). */
export type ReadLink =
  | { kind: "none" }
  | { kind: "help"; href: string }
  | { kind: "out"; href: string; shown: string | null };

const HERE = "https://here.invalid";
const OUT = ["http:", "https:", "mailto:"];

/** Judges an address from a text nobody vouches for. It is parsed as the browser would, then judged as parsed. */
export function readLink(
  href: string | undefined,
  node: { children?: readonly unknown[] } | undefined,
): ReadLink {
  const url = parse(href);
  if (!(href && url)) {
    return { kind: "none" };
  }
  if (url.origin === HERE) {
    const help = url.pathname.startsWith("/help/") && href.startsWith("/");
    return help ? { kind: "help", href: url.pathname + url.hash } : { kind: "none" };
  }
  if (!OUT.includes(url.protocol) || url.username || url.password) {
    return { kind: "none" };
  }
  const text = textOf(node ?? {}).trim();
  const place = url.protocol === "mailto:" ? url.pathname : url.host;
  return { kind: "out", href: url.href, shown: saysItself(text, place) ? null : place };
}

/** The text already names the place, as an address written out does. */
function saysItself(text: string, place: string): boolean {
  const written = parse(text.includes("://") ? text : `http://${text}`);
  return text === place || (!/\s/u.test(text) && !text.includes("@") && written?.host === place);
}

function parse(href: string | undefined): URL | null {
  try {
    return href === undefined ? null : new URL(href, HERE);
  } catch {
    return null;
  }
}
