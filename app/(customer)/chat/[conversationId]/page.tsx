import type { Metadata } from "next";
import { ChatScreen } from "@/app/(customer)/chat-screen";

export const metadata: Metadata = { title: "Chat" };

type Props = { params: Promise<{ conversationId: string }> };

export default async function ConversationPage({ params }: Props) {
  const { conversationId } = await params;
  return <ChatScreen conversationId={conversationId} />;
}
