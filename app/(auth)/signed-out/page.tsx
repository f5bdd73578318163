import type { Metadata } from "next";
import { AuthCard } from "@/components/auth/auth-card";
import { ClearDevice } from "@/components/auth/clear-device";
import { ButtonLink } from "@/components/ui/button";

export const metadata: Metadata = { title: "Signed out" };

export default function SignedOutPage() {
  return (
    <AuthCard
      title="You are signed out"
      lead="Nothing of yours is left in this browser: no session, no drafts, no stored pages."
    >
      <ClearDevice />
      <div className="flex flex-wrap gap-3">
        <ButtonLink href="/sign-in" variant="primary">
          Sign in
        </ButtonLink>
        <ButtonLink href="/">Start page</ButtonLink>
      </div>
    </AuthCard>
  );
}
