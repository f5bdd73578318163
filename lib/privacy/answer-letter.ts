import { audit } from "./audit";
import type { DataRequestView, RequestKind } from "./schema-request";
import { extensionReasons, refusalReasons } from "./schema-request-flow";
import { inTransaction } from "./store-erase";
import { findRequestRow } from "./store-request";

const WHAT: Record<RequestKind, string> = {
  export: "access to your personal data (Art. 15 and 20 GDPR)",
  erasure: "erasure of your personal data (Art. 17 GDPR)",
  rectification: "correction of your personal data (Art. 16 GDPR)",
  restriction: "restriction of processing (Art. 18 GDPR)",
  objection: "your objection to processing (Art. 21 GDPR)",
};

const DONE: Record<RequestKind, string> = {
  export:
    "We have made a copy of everything that we keep of you. It comes with this letter, or by a link and a code that we give you apart from each other. It says what is kept, why, for how long, and who receives it.",
  erasure:
    "We have erased your data. The key that it was encrypted with is destroyed, so that no copy can be read any more. A signed receipt says what was found, what is gone, and what the law has us keep.",
  rectification: "We have corrected what you told us was wrong.",
  restriction:
    "Your data is kept and not used from now on: nothing is answered, remembered or summed up, until you lift the restriction or we tell you that it ends.",
  objection: "Nothing is remembered of you any more. We go on answering your questions.",
};

const COMPLAIN =
  "You can complain to a data protection authority, in particular where you live or work, and you can go to court.";

/** A letter that answers a request, without a name: we do not keep one of people whom we do not know. */
export type AnswerLetter = { subject: string; paragraphs: string[] };

/** The letter for an admin who prints it, which is written down. Null while there is nothing to say yet. */
export async function findLetter(
  admin: { id: string },
  requestId: string,
): Promise<AnswerLetter | null> {
  const request = await findRequestRow(requestId);
  const letter = request && writeLetter(request);
  if (request && letter) {
    const { kind, customerId } = request;
    const act = { actor: admin.id, ...(customerId ? { customerId } : {}) };
    const metadata = { requestId, kind };
    await inTransaction((tx) => audit(tx, { ...act, action: "request_letter_made", metadata }));
  }
  return letter;
}

/** The words for where a request stands. Null while there is nothing to say yet. */
export function writeLetter(request: DataRequestView): AnswerLetter | null {
  const body = bodyOf(request);
  if (!body) {
    return null;
  }
  const received = longDay(request.receivedAt);
  const first = `On ${received} we received your request for ${WHAT[request.kind]}.`;
  return {
    subject: `Your request of ${received}, number ${request.id.slice(-8)}`,
    paragraphs: [first, ...body],
  };
}

function bodyOf(request: DataRequestView): string[] | null {
  const { answer, state, kind, refusalReason, extended, dueAt } = request;
  if (answer === "nothing_held") {
    return [
      "We have looked for you by what you gave us: e-mail address, phone number, order number and name. We hold nothing about you, and of your letter we keep only that it came and was answered.",
      COMPLAIN,
    ];
  }
  if (state === "done") {
    return [DONE[kind], COMPLAIN];
  }
  if (state === "refused" && refusalReason) {
    return [`We cannot do what you asked. ${refusalReasons[refusalReason]}.`, COMPLAIN];
  }
  if (extended) {
    const until = longDay(dueAt);
    return [
      `We need more time. ${extensionReasons[extended.reason]}. You have our answer by ${until} at the latest.`,
      COMPLAIN,
    ];
  }
  return null;
}

/** "23 November 2026". Of UTC's day, as the clock of a request counts. */
function longDay(at: string): string {
  return new Date(at).toLocaleDateString("en-GB", { dateStyle: "long", timeZone: "UTC" });
}
