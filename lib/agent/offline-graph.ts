const LINE =
  /^Customer (is named|works (?:at|as|in)|lives (?:in|at)|(?:prefers|likes|loves|hates|owns|has|bought|is)|[\p{L} -]{1,30} is) ([^\n]{1,160})\.$/u;
const OPEN = /^Still open: ([^\n]{1,160})\.$/u;

/**
 * What a line of the memory's graph, or of what is known from earlier conversations, states, as the customer would say
 * it: "Customer manager is John Davis." is "My manager is John Davis." Null for every other line.
 */
export function saidByCustomer(line: string): string | null {
  const [, open] = OPEN.exec(line.trim()) ?? [];
  if (open) {
    return `${open}.`;
  }
  const [, predicate, object] = LINE.exec(line.trim()) ?? [];
  if (!predicate || !object) {
    return null;
  }
  if (predicate === "is named") {
    return `My name is ${object}.`;
  }
  if (predicate === "is" || predicate === "has") {
    return `I ${predicate === "is" ? "am" : "have"} ${object}.`;
  }
  const [verb = "", place = ""] = predicate.split(" ");
  if (predicate.endsWith(" is")) {
    return `My ${predicate} ${object}.`;
  }
  return `I ${[verb.replace(/s$/, ""), place].filter(Boolean).join(" ")} ${object}.`;
}
