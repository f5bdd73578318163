import type { Metadata } from "next";
import { redirect } from "next/navigation";
import { openReply } from "@/app/(auth)/actions";
import { AuthCard } from "@/components/auth/auth-card";
import { AuthForm } from "@/components/auth/auth-form";
import { ButtonLink } from "@/components/ui/button";
import { findCaller } from "@/lib/auth";
import { findReplyLink } from "@/lib/conversation";

export const metadata: Metadata = {
  title: "Your answer",
  robots: { index: false },
  // The address of this page opens a conversation; it is nobody else's.
  referrer: "no-referrer",
};

type Props = { params: Promise<{ token: string }> };

/**
 * Where a mail leads. Whoever has the conversation's session is in it at once; an account signs in; a guest on another
 * device presses a button, because programs that look into mails follow links and press none.
 */
export default async function ReplyPage({ params }: Props) {
  const { token } = await params;
  const [link, caller] = await Promise.all([findReplyLink(token), findCaller()]);
  if (!link) {
    return <Over />;
  }
  const conversation = `/chat/${link.conversationId}`;
  if (caller?.id === link.customerId) {
    redirect(conversation);
  }
  if (caller && (caller.kind === "staff" || caller.registered)) {
    return <SomebodyElse />;
  }
  if (link.registered) {
    redirect(`/sign-in?next=${encodeURIComponent(conversation)}`);
  }
  if (!link.usable) {
    return <Over />;
  }
  return (
    <AuthCard
      title="A person has answered you"
      lead={
        caller
          ? "On this device another chat was begun. It is no longer shown here once you open this one."
          : "This opens your conversation on this device. The link does that once."
      }
    >
      <AuthForm
        action={openReply}
        fields={{ token }}
        submit="Open the conversation"
        questions={[]}
      />
    </AuthCard>
  );
}

function Over() {
  return (
    <AuthCard
      title="This link does not work any more"
      lead="It was used already, or it has expired. On the device where you wrote to us, your conversation is still there."
    >
      <ButtonLink href="/chat">To the chat</ButtonLink>
    </AuthCard>
  );
}

function SomebodyElse() {
  return (
    <AuthCard
      title="You are signed in as somebody else"
      lead="This link is for another person. Sign out first, or open it in a private window."
    >
      <ButtonLink href="/">To the start page</ButtonLink>
    </AuthCard>
  );
}
