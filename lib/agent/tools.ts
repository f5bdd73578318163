import type { StructuredToolInterface } from "@langchain/core/tools";
import { z } from "zod";
import { findCustomerState } from "@/lib/customer";
import { searchArticles } from "@/lib/knowledge";
import { changeTools } from "./change-tools";
import { connectedTools } from "./connected-tools";
import { type Desk, define } from "./define-tool";
import { shopTools } from "./shop-tools";
import { TOOL } from "./tool-results";

export type { Desk } from "./define-tool";

const PASSAGES_SHOWN = 3;
// Made once: what a model is told of them is worked out by schema, and kept.
const Query = z.object({ query: z.string().trim().min(1).max(400) });
const HandOff = z.object({ reason: z.enum(["customer_asked", "agent_unsure", "safety"]) });

/** The tools of one turn. Every result is redacted before a model or the record sees it; a failure is a sentence. */
export function makeTools(desk: Desk): StructuredToolInterface[] {
  return [
    ...shopTools(desk),
    articlesTool(desk),
    ...changeTools(desk),
    ...connectedTools(desk),
    handOffTool(desk),
  ];
}

function articlesTool(desk: Desk): StructuredToolInterface {
  return define(desk, {
    name: TOOL.articles,
    says: "Reading our help pages",
    description:
      "Search the shop's help pages: returns, refunds, delivery, sizes, warranty, payment and so on.",
    schema: Query,
    work: async ({ query }) => {
      const reader = await readerOf(desk.caller.id);
      const hits = await searchArticles(query, { limit: PASSAGES_SHOWN, reader });
      const passages = hits.map(({ heading, text, ...hit }) => ({
        cite: desk.sources.cite(hit),
        title: hit.title,
        heading,
        text,
      }));
      const gist = { passages: passages.map(({ cite, title }) => `[${cite}] ${title}`) };
      return { result: { passages }, gist };
    },
  });
}

/** The model reads for the customer, so it is given what that customer may read, and never what is the team's. */
async function readerOf(customerId: string): Promise<"public" | "customer"> {
  const customer = await findCustomerState(customerId);
  return customer?.kind === "registered" ? "customer" : "public";
}

function handOffTool(desk: Desk): StructuredToolInterface {
  return define(desk, {
    name: TOOL.handOff,
    says: "Asking a person to join",
    description: "Ask a person from the team to take this conversation over.",
    schema: HandOff,
    work: ({ reason }) => {
      desk.askForPerson(reason);
      const note = "A person takes over as soon as this answer is stored.";
      return Promise.resolve({ result: { handedOff: true, note } });
    },
  });
}
