/** A customer in figures, over all of their conversations. Zeros and null where there is nothing. */
export type CustomerFigures = {
  totalConversations: number;
  avgMessagesPerConversation: number;
  lastInteraction: string | null;
  totalMessages: number;
};
