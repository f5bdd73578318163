import type { Metadata } from "next";
import { join } from "@/app/(auth)/actions";
import { personQuestions } from "@/app/(auth)/questions";
import { AuthCard } from "@/components/auth/auth-card";
import { AuthForm } from "@/components/auth/auth-form";
import { ButtonLink } from "@/components/ui/button";
import { findInvite } from "@/lib/auth";

export const metadata: Metadata = { title: "Invitation", robots: { index: false } };

type Props = { params: Promise<{ token: string }> };

export default async function InvitePage({ params }: Props) {
  const { token } = await params;
  const invite = await findInvite(token);
  if (!invite) {
    return (
      <AuthCard
        title="This link does not work any more"
        lead="It was used already, or it has expired. Ask whoever sent it for a new one."
      >
        <ButtonLink href="/sign-in">Sign in instead</ButtonLink>
      </AuthCard>
    );
  }
  const role = invite.role === "admin" ? "an admin" : "a support lead";
  return (
    <AuthCard
      title={invite.first ? "Make the first admin" : "Join the team"}
      lead={
        invite.first
          ? "This account manages everything else: people, articles, data requests."
          : `You were invited as ${role}. The link works once.`
      }
    >
      <AuthForm
        action={join}
        fields={{ token }}
        submit={invite.first ? "Create the account" : "Join"}
        questions={personQuestions}
      />
    </AuthCard>
  );
}
