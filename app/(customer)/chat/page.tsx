import type { Metadata } from "next";
import { ChatScreen } from "@/app/(customer)/chat-screen";

export const metadata: Metadata = { title: "Chat" };

export default function ChatPage() {
  return <ChatScreen conversationId={null} />;
}
