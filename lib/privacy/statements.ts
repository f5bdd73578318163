import { namedRecipients, nameRecipient } from "./recipients";
import type { Controller, DataMapEntry } from "./schema-map";

/** One of the eight things that a person is told with a copy of their data (Art. 15(1) GDPR). */
export type Statement = { letter: string; title: string; lines: string[] };

/** Where data comes from: told by the person, concluded from what they told, or noted as it happened. */
export type Origin = "inferred" | "observed" | "told";

export const originWords: Record<Origin, string> = {
  told: "from you",
  inferred: "concluded by the assistant from what you wrote",
  observed: "noted as it happened",
};

type Kept = Pick<DataMapEntry, "basis" | "purpose" | "recipients" | "retention" | "what"> & {
  origin: Origin;
};

/** The eight statements of Art. 15(1), from the data map and from how this installation is configured. */
export function statementsOf(kept: readonly Kept[], controller: Controller): Statement[] {
  const each = (line: (entry: Kept) => string) => unique(kept.map(line));
  const ask = controller.contact ? ` or write to ${controller.contact}` : "";
  return [
    {
      letter: "a",
      title: "What your data is used for",
      lines: each(({ what, purpose, basis }) => `${what}: ${purpose}; ${basis}`),
    },
    { letter: "b", title: "What kinds of data there are", lines: each(({ what }) => what) },
    { letter: "c", title: "Who receives it", lines: recipientLines(kept, controller) },
    {
      letter: "d",
      title: "How long it is kept",
      lines: each(({ what, retention }) => `${what}: ${retention}`),
    },
    {
      letter: "e",
      title: "What you can ask for",
      lines: [
        `You can have it corrected, erased or restricted, object to its use, and take it elsewhere: on the page “Your privacy”${ask}.`,
      ],
    },
    {
      letter: "f",
      title: "Where you can complain",
      lines: [
        "You can complain to a data protection authority, such as the one where you live, where you work, or where the breach happened.",
      ],
    },
    {
      letter: "g",
      title: "Where it comes from",
      lines: each(({ what, origin }) => `${what}: ${originWords[origin]}`),
    },
    {
      letter: "h",
      title: "Whether a machine decides about you",
      lines: [
        "An AI writes answers and summaries. It decides nothing about you: what has an effect, such as cancelling an order, is carried out only after you have confirmed it, and you can ask for a person at any time.",
      ],
    },
  ];
}

function recipientLines(kept: readonly Kept[], controller: Controller): string[] {
  const outside = namedRecipients().map(({ name, what }) => `${name}: ${what}`);
  const mapped = unique(kept.flatMap(({ recipients }) => recipients))
    .filter((recipient) => nameRecipient(recipient) === recipient)
    .map((recipient) => `${recipient}, where it takes part`);
  const inside = `the support team of ${controller.name}`;
  const none =
    outside.length === 0 ? ["No model's provider: the assistant runs on our own server."] : [];
  return [inside, ...outside, ...none, ...mapped];
}

function unique(lines: readonly string[]): string[] {
  return [...new Set(lines)];
}
