import { bases, ownTable, retentions } from "./map-entry";
import { MAIL_SERVER, MODEL_PROVIDER } from "./recipients";
import type { DataMapEntry } from "./schema-map";
import { type Owned, ownedBy } from "./store-rows";

const { CONTRACT, INTEREST, CONSENT } = bases;
const { WHILE_CUSTOMER, FACTS } = retentions;

const folds: Owned = {
  table: "MemoryFold",
  where: `conversation_id IN (SELECT id FROM "Conversation" WHERE customer_id = $1::uuid)`,
  orderBy: "id",
};

/** What was said and what was derived from it. Children stand before the rows that they belong to. */
export const recordEntries: readonly DataMapEntry[] = [
  ownTable(
    "Search",
    {
      what: "keyed hashes of the words of messages and summaries",
      purpose: "search",
      basis: INTEREST,
      retention: WHILE_CUSTOMER,
    },
    { exported: false },
  ),
  ownTable("CaseSummary", {
    what: "summaries of a conversation, in all versions",
    purpose: "support leads review them",
    basis: INTEREST,
    retention: WHILE_CUSTOMER,
    recipients: [MODEL_PROVIDER],
  }),
  ownTable(
    "MemoryFold",
    {
      what: "counts and times of each fold",
      purpose: "the memory panel",
      basis: INTEREST,
      retention: WHILE_CUSTOMER,
    },
    { owned: folds },
  ),
  ownTable(
    "Memory",
    {
      what: "the running summary, exact values and graph of stated relations of a conversation",
      purpose: "the agent remembers",
      basis: CONTRACT,
      retention: WHILE_CUSTOMER,
      recipients: [MODEL_PROVIDER],
    },
    { owned: ownedBy("Memory", "customer_id", "conversation_id") },
  ),
  ownTable("Fact", {
    what: "facts about the customer remembered across conversations, with source, times and what took their place",
    purpose: "the agent remembers",
    basis: CONSENT,
    retention: FACTS,
    recipients: [MODEL_PROVIDER],
  }),
  ownTable(
    "FactReading",
    {
      what: "how far each conversation was read for facts",
      purpose: "no message is read twice, and none that was said while memory was off",
      basis: CONSENT,
      retention: WHILE_CUSTOMER,
    },
    { owned: ownedBy("FactReading", "customer_id", "conversation_id"), exported: false },
  ),
  ownTable("Proposal", {
    what: "effects proposed to the customer, their answer, and the result",
    purpose: "carrying out what was asked",
    basis: CONTRACT,
    retention: WHILE_CUSTOMER,
  }),
  ownTable(
    "Rating",
    {
      what: "thumbs up or down on an answer",
      purpose: "better answers",
      basis: INTEREST,
      retention: WHILE_CUSTOMER,
    },
    { owned: ownedBy("Rating", "customer_id", "message_id") },
  ),
  ownTable("ReplyAddress", {
    what: "the e-mail address to which an answer is announced",
    purpose:
      "telling the customer that a person has answered; the mail holds a link and no content",
    basis: CONSENT,
    retention: "until the customer removes it, or seven days after the conversation is solved",
    recipients: [MAIL_SERVER],
  }),
  ownTable("ReplyLink", {
    what: "the links in those mails, as hashes: when they end and were used",
    purpose: "opening one conversation on another device, once",
    basis: CONTRACT,
    retention: "seven days",
  }),
  ownTable("ArticleQuestion", {
    what: "which messages no help page answered, and whether one was written for them",
    purpose: "help pages that answer what is asked",
    basis: INTEREST,
    retention: WHILE_CUSTOMER,
  }),
  ownTable("HandOff", {
    what: "when and why a person was asked for",
    purpose: "support",
    basis: CONTRACT,
    retention: WHILE_CUSTOMER,
  }),
  ownTable("Turn", {
    what: "the state of each answer",
    purpose: "answering once",
    basis: CONTRACT,
    retention: WHILE_CUSTOMER,
  }),
  ownTable("Message", {
    what: "what was said",
    purpose: "support",
    basis: CONTRACT,
    retention: WHILE_CUSTOMER,
    recipients: [MODEL_PROVIDER],
  }),
  ownTable("Conversation", {
    what: "state, owner and title of each conversation",
    purpose: "support",
    basis: CONTRACT,
    retention: WHILE_CUSTOMER,
  }),
];
