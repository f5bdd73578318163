import type { ProposalView } from "@/lib/conversation/schema";

type Words = { text: string; tone: "neutral" | "busy" | "success" | "warning" };

const NOTHING = "Nothing was done.";

const declined: Record<NonNullable<ProposalView["why"]>, string> = {
  customer: `Not now. ${NOTHING}`,
  taken_over: `Closed, because a person joined the conversation. ${NOTHING}`,
  solved: `Closed, because this conversation was marked as solved. ${NOTHING}`,
  replaced: `Replaced by a newer request. ${NOTHING}`,
  refused: NOTHING,
  late: NOTHING,
  uncertain: NOTHING,
};

/** Where a proposal stands, for whoever reads it; null while it is open, where its buttons say so. */
export function standingOf({ state, why, result }: ProposalView): Words | null {
  switch (state) {
    case "proposed":
      return null;
    case "confirmed":
    case "executing":
      return { text: "Confirmed. It is being carried out now.", tone: "busy" };
    case "done":
      return { text: result ?? "Done.", tone: "success" };
    case "failed":
      return {
        text: result ?? "This could not be carried out in time. Nothing was changed.",
        tone: "warning",
      };
    case "expired":
      return { text: `Expired before it was confirmed. ${NOTHING}`, tone: "neutral" };
    case "declined":
      return { text: declined[why ?? "customer"], tone: "neutral" };
  }
}
