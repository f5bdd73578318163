import type { Tone } from "@/components/ui/badge";
import {
  type DataRequestView,
  isOpenState,
  type StatementField,
  withdrawableStates,
} from "@/lib/privacy/schema";

type Words = { label: string; tone: Tone };

/** What the person reads about where their request stands. */
export const stateWords: Record<DataRequestView["state"], Words> = {
  identity_check: { label: "Waits for your confirmation", tone: "warning" },
  received: { label: "Received", tone: "info" },
  approved: { label: "Approved", tone: "info" },
  waiting: { label: "About to start", tone: "info" },
  running: { label: "In work", tone: "info" },
  done: { label: "Done", tone: "success" },
  failed: { label: "Delayed, we are looking into it", tone: "warning" },
  refused: { label: "Refused", tone: "danger" },
  duplicate: { label: "Asked before", tone: "neutral" },
  withdrawn: { label: "Withdrawn", tone: "neutral" },
};

export const kindWords: Record<DataRequestView["kind"], string> = {
  export: "A copy of your data",
  erasure: "Erasure of your data",
  rectification: "Correction of your data",
  restriction: "Restriction: kept, but not used",
  objection: "Objection to being remembered",
};

/** Nothing more of its kind can be asked for while it is open. */
export function isOpen({ state }: Pick<DataRequestView, "state">): boolean {
  return isOpenState(state);
}

/** It has not begun, so it can still be taken back. */
export function canWithdraw({ state }: Pick<DataRequestView, "state">): boolean {
  return withdrawableStates.includes(state);
}

type QuestionWords = {
  /** The card that leads to the question. */
  card: string;
  lead: string;
  open: string;
  title: string;
  text: string;
  submit: string;
  keep: string;
  /** It cannot be undone. */
  grave: boolean;
};

/** What is asked before each kind of request is made, and what it says on the way there. */
export const questionWords: Record<DataRequestView["kind"], QuestionWords> = {
  export: {
    card: "A copy",
    lead: "Conversations, what is remembered, orders and settings, as a ZIP that you and a program can read.",
    open: "Ask for a copy …",
    title: "Get a copy of your data?",
    text: "A person from our team looks at it and has the file made. You download it here, for seven days.",
    submit: "Ask for a copy",
    keep: "Not now",
    grave: false,
  },
  rectification: {
    card: "A correction",
    lead: "Your name, e-mail or address is wrong here. What we learned in conversations you correct yourself on the memory page.",
    open: "Have it corrected …",
    title: "What is wrong about you?",
    text: "A person from our team puts it right. What the assistant remembers you can change at once on the memory page.",
    submit: "Ask for the correction",
    keep: "Not now",
    grave: false,
  },
  restriction: {
    card: "A restriction",
    lead: "Your data is kept and not used: no answers by the AI, nothing remembered, nothing summed up. You can lift it at any time.",
    open: "Restrict it …",
    title: "Keep your data, but do not use it?",
    text: "The chat takes nothing new and the assistant does not answer, until you lift it here or in the chat. What you wrote stays, and you can read it.",
    submit: "Restrict my data",
    keep: "Go on as before",
    grave: false,
  },
  objection: {
    card: "An objection",
    lead: "The assistant goes on answering you, and remembers nothing: no facts, no summary, no earlier conversations.",
    open: "Object …",
    title: "Object to being remembered?",
    text: "From your next message on the assistant sees only the last few messages of a conversation. You can switch memory on again on the memory page.",
    submit: "I object",
    keep: "Go on as before",
    grave: false,
  },
  erasure: {
    card: "Erasure",
    lead: "Everything about you goes, for good, with a signed receipt. We ask again first.",
    open: "Have it erased …",
    title: "Erase everything about you?",
    text: "Your conversations, what is remembered and your account go, and the key that they were encrypted with is destroyed, so that no copy can be read any more. Orders that the law has the shop keep stay without your name and address. Once it has begun it cannot be undone. Until then you can withdraw it here.",
    submit: "Ask for erasure",
    keep: "Keep my data",
    grave: true,
  },
};

/** Which of their own things somebody can say is wrong. */
export const statementFields: Record<StatementField, string> = {
  name: "Name",
  email: "E-mail address",
  address: "Postal address",
  other: "Something else",
};

const KIB = 1024;

/** "840 bytes", "12 KB", "3.4 MB". */
export function sizeText(bytes: number): string {
  if (bytes < KIB) {
    return `${bytes} bytes`;
  }
  const kilobytes = bytes / KIB;
  return kilobytes < KIB ? `${Math.ceil(kilobytes)} KB` : `${(kilobytes / KIB).toFixed(1)} MB`;
}
