/** The conversation's part of a key that only a health check writes: it is of nobody, and no list shows it. */
export const PROBE = "health-check-";

const HEAD = "rc:{";
const TAIL = "}:memory";

/** All keys of one conversation share a hash tag, so that a script runs on one node. */
export function keysOf(conversationId: string): [memory: string, tail: string, gone: string] {
  const tag = `rc:{${conversationId}}`;
  return [`${tag}:memory`, `${tag}:tail`, `${tag}:gone`];
}

/** The conversations whose memory keys these are; the health checks' own is left out. */
export function conversationsOf(keys: readonly string[]): string[] {
  return keys
    .map((key) => key.slice(HEAD.length, -TAIL.length))
    .filter((conversationId) => !conversationId.startsWith(PROBE));
}
