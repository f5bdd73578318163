import type { MessageView, ProposalView } from "@/lib/conversation/schema";

type Placed = {
  /** The proposals that stand after a message. */
  after: (message: MessageView) => ProposalView[];
  /** Changes when what is shown of proposals does. */
  mark: string;
};

/**
 * Where each proposal stands: after the answer that introduced it. An open one whose answer is not on the screen (it is
 * above the page that was loaded) stands at the end, so that it can be answered.
 */
export function placeProposals(
  proposals: readonly ProposalView[],
  messages: readonly MessageView[],
): Placed {
  const answers = new Set(messages.filter(isAnswer).map(({ turnId }) => turnId));
  const last = messages.at(-1)?.id;
  const adrift = proposals.filter(
    ({ turnId, state }) => state === "proposed" && !answers.has(turnId),
  );
  return {
    after: (message) => [
      ...(isAnswer(message) ? proposals.filter(({ turnId }) => turnId === message.turnId) : []),
      ...(message.id === last ? adrift : []),
    ],
    mark: proposals.map(({ id, state }) => `${id} ${state}`).join(),
  };
}

function isAnswer({ role, turnId }: MessageView): boolean {
  return role === "assistant" && turnId !== undefined;
}
