import type { Metadata } from "next";
import { redirect } from "next/navigation";
import { CustomerFrame } from "@/app/(customer)/customer-frame";
import { ConversationList } from "@/components/chat/conversation-list";
import { Page } from "@/components/shell/page";
import { PageHeader } from "@/components/ui/page-header";
import { findCustomerCaller } from "@/lib/auth";
import { listOwnConversations } from "@/lib/conversation";

export const metadata: Metadata = { title: "Your conversations" };

type Props = { searchParams: Promise<{ before?: string }> };

export default async function EarlierPage({ searchParams }: Props) {
  const caller = await findCustomerCaller();
  if (!caller) {
    redirect("/chat");
  }
  const { before } = await searchParams;
  const { rows, next } = await listOwnConversations(caller, before ?? null);
  return (
    <CustomerFrame>
      <Page width="narrow">
        <PageHeader title="Your conversations" />
        <ConversationList conversations={rows} current={null} older={next} />
      </Page>
    </CustomerFrame>
  );
}
