/**
 * Makes a value once per process and keeps it on `globalThis`.
 *
 * Next gives one process several instances of a module (start-up, page and route handler each their own), so a
 * module-level variable would be three; an invalidation heard by one would miss the others.
 */
export function once<Value>(name: string, make: () => Value): Value {
  const home = globalThis as typeof globalThis & { [shared]?: Map<string, unknown> };
  home[shared] ??= new Map();
  const held = home[shared];
  if (!held.has(name)) {
    held.set(name, make());
  }
  return held.get(name) as Value;
}

const shared = Symbol.for("recollect.once");
