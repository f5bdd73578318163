type Told = {
  /** What a customer reads: what happened, without blame and without our insides. */
  customer: string;
  /** What an operator reads: what is wrong and what to do. */
  staff: string;
};

const SWITCHED =
  "Nothing to do at once: calls are held back for a while and tried again by themselves.";

/** Everything that can be wrong with a model, by the code that is kept with the answer and counted. */
const faultTable = {
  refused: {
    customer: "Our assistant is not available at this moment.",
    staff: `The endpoint refuses connections or closes them without an answer. ${SWITCHED}`,
  },
  unreachable: {
    customer: "Our assistant cannot be reached right now.",
    staff:
      "No connection within the limit. Check the base URL, the name's resolution and this machine's way out.",
  },
  hung: {
    customer: "Our assistant took the question and did not come back to us.",
    staff: `The endpoint accepts requests and answers nothing within the limit. ${SWITCHED}`,
  },
  slow: {
    customer: "Our assistant is very slow right now.",
    staff: `The first word takes longer than the limit. ${SWITCHED} If it stays so, choose a faster model.`,
  },
  stalled: {
    customer: "Our assistant went quiet before it was finished.",
    staff: `The endpoint stops sending in the middle of answers. ${SWITCHED}`,
  },
  cut: {
    customer: "The connection to our assistant broke off.",
    staff: `The endpoint breaks connections off in the middle of answers. ${SWITCHED}`,
  },
  malformed: {
    customer: "The answer of our assistant arrived damaged.",
    staff:
      "The endpoint sends what cannot be read. Check that the base URL is that of an OpenAI-compatible API.",
  },
  rate_limited: {
    customer: "Our assistant is very busy right now.",
    staff: "The provider limits the rate (429). Ask it for a higher limit if this comes often.",
  },
  server_error: {
    customer: "Our assistant has a problem of its own right now.",
    staff: `The endpoint answers with server errors (5xx). ${SWITCHED}`,
  },
  rejected: {
    customer: "Our assistant could not take this question.",
    staff:
      "The endpoint rejects our requests (4xx). Check that the model takes tools and streaming.",
  },
  wrong_key: {
    customer: "Our assistant is out of service until we have repaired its access.",
    staff: "The provider refuses the key (401 or 403). Set a valid key and restart.",
  },
  unknown_model: {
    customer: "Our assistant is not set up completely right now; that is ours to repair.",
    staff: "The provider does not know the model (404). Set a model that it offers and restart.",
  },
  quota_spent: {
    customer: "Our assistant has reached its limit for now.",
    staff:
      "The account at the provider has no credit left. Top it up; it is tried again by itself.",
  },
  too_long: {
    customer: "This conversation has grown too long for our assistant to read at once.",
    staff: "Even the shortened conversation does not fit the model's context. Choose a larger one.",
  },
  filtered: {
    customer:
      "A safety filter held the answer of our assistant back, which happens to harmless questions too.",
    staff: "The provider's content filter refuses questions or answers.",
  },
  empty: {
    customer: "The answer of our assistant came back empty.",
    staff: "The model answers without a word.",
  },
  endless: {
    customer: "This answer was getting too long, so it ends here.",
    staff: "The model does not come to an end.",
  },
  bad_arguments: {
    customer: "Our assistant did not manage to look this up properly.",
    staff:
      "The model calls its tools with arguments that do not fit. Choose one that can use tools.",
  },
  unknown_tool: {
    customer: "Our assistant tried something that it cannot do here.",
    staff: "The model calls tools that do not exist. Choose one that can use tools.",
  },
  loop: {
    customer: "Our assistant kept looking things up without coming to an answer.",
    staff: "The model calls tools over and over. Choose one that can use tools.",
  },
  turn_timeout: {
    customer: "This answer took longer than it may, so it ends here.",
    staff: "Answers take longer than a whole turn may.",
  },
  turn_budget: {
    customer: "This question took our assistant more work than one answer may.",
    staff: "One turn used more than it may (LIMIT_TOKENS_TURN, LIMIT_COST_TURN).",
  },
  conversation_budget: {
    customer: "This conversation has used up what our assistant may do in one.",
    staff: "A conversation used what it may (LIMIT_TOKENS_CONVERSATION, LIMIT_COST_CONVERSATION).",
  },
  customer_budget: {
    customer: "You have used up what our assistant may do for one customer in a day.",
    staff: "A customer used a day's share (LIMIT_TOKENS_CUSTOMER_DAY, LIMIT_COST_CUSTOMER_DAY).",
  },
  site_budget: {
    customer: "Our assistant has done all that it may for today.",
    staff: "This site used its day's share (LIMIT_TOKENS_SITE_DAY, LIMIT_COST_SITE_DAY).",
  },
} as const satisfies Record<string, Told>;

export type FaultCode = keyof typeof faultTable;

export const faultCodes = Object.keys(faultTable) as FaultCode[];

export function sayToCustomer(code: FaultCode): string {
  return faultTable[code].customer;
}

export function sayToStaff(code: FaultCode): string {
  return faultTable[code].staff;
}
