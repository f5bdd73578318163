import { ShieldAlert } from "lucide-react";
import { Page } from "@/components/shell/page";
import { ButtonLink } from "@/components/ui/button";
import { EmptyState } from "@/components/ui/empty-state";

/** What a lead sees where only admins work. */
export function NeedsAdmin() {
  return (
    <Page>
      <title>Needs an admin · Recollect</title>
      <EmptyState
        heading="h1"
        icon={<ShieldAlert />}
        title="This page needs an admin"
        action={<ButtonLink href="/desk">Back to the inbox</ButtonLink>}
      >
        You are signed in as a support lead. Ask an admin to do this for you, or to make you one.
      </EmptyState>
    </Page>
  );
}
