type Change = { path: string; from?: unknown; to?: unknown; added?: unknown; removed?: unknown };

/** What differs between two readings of a shop, by path; lists are compared whole, as the data does. */
export function diff(before: unknown, after: unknown, path = ""): Change[] {
  if (!(isRecord(before) && isRecord(after))) {
    return JSON.stringify(before) === JSON.stringify(after)
      ? []
      : [{ path, from: before, to: after }];
  }
  const keys = [...new Set([...Object.keys(before), ...Object.keys(after)])].sort();
  return keys.flatMap((key): Change[] => {
    const at = `${path}/${key}`;
    if (!Object.hasOwn(before, key)) {
      return [{ path: at, added: after[key] }];
    }
    return Object.hasOwn(after, key)
      ? diff(before[key], after[key], at)
      : [{ path: at, removed: before[key] }];
  });
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
