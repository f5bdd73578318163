const LINE =
  /^Customer (is named|works (?:at|as|in)|lives in|[\p{L} -]{1,30} is) ([^\n]{1,80})\.$/u;

/**
 * What a line of the memory's graph states, as the customer would say it: "Customer manager is John Davis." is "My manager
 * is John Davis." Null for every other line.
 */
export function saidByCustomer(line: string): string | null {
  const [, predicate, object] = LINE.exec(line.trim()) ?? [];
  if (!predicate || !object) {
    return null;
  }
  if (predicate === "is named") {
    return `My name is ${object}.`;
  }
  const [verb = "", place = ""] = predicate.split(" ");
  return verb === "works" || verb === "lives"
    ? `I ${verb.slice(0, -1)} ${place} ${object}.`
    : `My ${predicate} ${object}.`;
}
