import type { Metadata } from "next";
import { redirect } from "next/navigation";
import { removeConversation } from "@/app/(customer)/chat/actions";
import { CustomerFrame } from "@/app/(customer)/customer-frame";
import { DeletionQuestion } from "@/components/privacy/deletion-question";
import { Page } from "@/components/shell/page";
import { PageHeader } from "@/components/ui/page-header";
import { previewDeletion } from "@/lib/agent";
import { findCustomerCaller } from "@/lib/auth";
import { findOwnConversation } from "@/lib/conversation";
import { Id } from "@/lib/id";

export const metadata: Metadata = { title: "Delete a conversation" };

type Props = { params: Promise<{ conversationId: string }> };

/** The question before a conversation is deleted, at an address of its own, so that it works without JavaScript. */
export default async function DeletePage({ params }: Props) {
  const caller = await findCustomerCaller();
  const { conversationId } = await params;
  const id = Id.safeParse(conversationId).data;
  const found = caller && id ? await findOwnConversation(caller, id) : null;
  const parts = caller && id && found ? await previewDeletion(caller, id) : null;
  if (!(found && parts)) {
    // Absent and foreign look alike.
    redirect("/chat/earlier");
  }
  return (
    <CustomerFrame>
      <Page width="narrow">
        <PageHeader title="Delete a conversation" />
        <DeletionQuestion
          conversation={found.conversation}
          parts={parts}
          remove={removeConversation}
        />
      </Page>
    </CustomerFrame>
  );
}
