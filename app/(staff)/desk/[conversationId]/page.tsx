import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { z } from "zod";
import {
  answer,
  assign,
  clearMemory,
  handBack,
  markRead,
  note,
  reopen,
  reveal,
  solve,
  takeOver,
  typing,
} from "@/app/(staff)/desk/actions";
import { approve, edit } from "@/app/(staff)/desk/summaries/actions";
import { staffPage } from "@/app/(staff)/gate";
import { ConversationView } from "@/components/desk/conversation-view";
import { EarlierMessages } from "@/components/desk/earlier-messages";
import { FiguresCard } from "@/components/desk/figures-card";
import { previewClearing } from "@/lib/agent";
import { listStaff } from "@/lib/auth";
import { countForCustomer, findForStaff } from "@/lib/conversation";
import { findCustomer } from "@/lib/customer";
import { Id } from "@/lib/id";
import { findSummary } from "@/lib/summary";

export const metadata: Metadata = { title: "Conversation" };

const Seq = z.coerce.number().int().positive().max(2_147_483_647);

const actions = {
  answer,
  note,
  markRead,
  typing,
  reveal,
  takeOver,
  handBack,
  solve,
  reopen,
  assign,
  clearMemory,
  summary: { approve, edit },
};

export default staffPage(
  { role: "lead", path: "/desk/[conversationId]" },
  async (lead, { params, query }) => {
    const id = Id.safeParse(params["conversationId"]).data;
    const before = Seq.safeParse(query["before"]).data;
    const opened = id ? await findForStaff(lead, id, before ? { beforeSeq: before } : {}) : null;
    if (!opened) {
      notFound();
    }
    const { conversation, messages } = opened;
    const [summary, figures, customer, staff, parts] = await Promise.all([
      findSummary(lead, conversation.id),
      countForCustomer(conversation.customerId),
      findCustomer(conversation.customerId),
      listStaff(),
      previewClearing(lead, conversation.id),
    ]);
    return (
      <ConversationView
        key={`${conversation.id}:${before ?? ""}`}
        opened={opened}
        summary={summary}
        ownId={lead.id}
        colleagues={staff.filter(({ state }) => state === "active")}
        actions={actions}
        parts={parts}
        figures={
          <FiguresCard
            pseudonym={conversation.anonymizedUser}
            figures={figures}
            customer={customer}
          />
        }
        earlier={<EarlierMessages conversationId={conversation.id} messages={messages} />}
      />
    );
  },
);
