import { z } from "zod";

/** What a customer may say about why they want a person; they need not. */
export const CustomerWhy = z.enum(["no_help", "order_trouble", "complaint", "prefer_person"]);
export type CustomerWhy = z.infer<typeof CustomerWhy>;

/** Why a lead takes a conversation over that did not wait for one. */
export const StaffWhy = z.enum(["own_judgement", "wrong_answer", "sensitive", "agreed"]);
export type StaffWhy = z.infer<typeof StaffWhy>;

/** What waiting for a person looks like at the moment. Numbers only: who is there is not told. */
export const QueueView = z.object({
  /** 1 is next; null once a person has taken the conversation and has not written yet. */
  place: z.number().int().nullable(),
  /** How many people have their console open and are not away. */
  present: z.number().int(),
  /** Nobody has answered within three minutes, by the database's clock. */
  late: z.boolean(),
  /** The customer may take the wish back: the AI can answer instead. */
  withdrawable: z.boolean(),
});
export type QueueView = z.infer<typeof QueueView>;

/** What a conversation has to do with people, as its reader may know it. */
export const PeopleView = z.object({
  /** The other side has seen everything up to this seq. */
  seenSeq: z.number().int(),
  /** Null while no person is waited for. For the customer only. */
  queue: QueueView.nullable(),
  /** Two answers in a row did not help, so a person is offered. For the customer only. */
  offered: z.boolean(),
  /** Where an answer is announced: told to the customer, and to the lead who owns the conversation. */
  address: z.string().nullable(),
});
export type PeopleView = z.infer<typeof PeopleView>;

export const TypingBy = z.enum(["customer", "staff"]);
export type TypingBy = z.infer<typeof TypingBy>;

/** What may call a lead: each name appears once for each thing that is new. */
export const Calls = z.object({
  /** Conversations that wait for a person. */
  waiting: z.array(z.string()),
  /** Unread messages in the lead's own conversations: the conversation's id and the message's seq. */
  messages: z.array(z.string()),
});
export type Calls = z.infer<typeof Calls>;
