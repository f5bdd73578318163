import type { RecordedMessage, Since } from "./schema";

/** All messages with `after` < seq ≤ `through`, whether the record answers in pages or at once. */
export async function pageThrough(
  since: Since,
  after: number,
  through: number,
): Promise<RecordedMessage[]> {
  const messages: RecordedMessage[] = [];
  let last = after;
  while (last < through) {
    const page = await since(last);
    messages.push(...page.filter(({ seq }) => seq > last && seq <= through));
    const newest = page.at(-1)?.seq ?? 0;
    if (newest <= last) {
      break;
    }
    last = newest;
  }
  return messages;
}
