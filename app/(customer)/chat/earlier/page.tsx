import type { Metadata } from "next";
import { redirect } from "next/navigation";
import { CustomerFrame } from "@/app/(customer)/customer-frame";
import { ConversationList } from "@/components/chat/conversation-list";
import { Page } from "@/components/shell/page";
import { Notice } from "@/components/ui/notice";
import { PageHeader } from "@/components/ui/page-header";
import { findCustomerCaller } from "@/lib/auth";
import { listOwnConversations } from "@/lib/conversation";

export const metadata: Metadata = { title: "Your conversations" };

type Props = { searchParams: Promise<{ before?: string; deleted?: string }> };

export default async function EarlierPage({ searchParams }: Props) {
  const caller = await findCustomerCaller();
  if (!caller) {
    redirect("/chat");
  }
  const { before, deleted } = await searchParams;
  const { rows, next } = await listOwnConversations(caller, before ?? null);
  return (
    <CustomerFrame>
      <Page width="narrow">
        <PageHeader title="Your conversations" />
        {deleted ? (
          <Notice tone="success" className="mb-4">
            The conversation is deleted, for you and for us.
          </Notice>
        ) : null}
        <ConversationList conversations={rows} current={null} older={next} />
      </Page>
    </CustomerFrame>
  );
}
