import { SearchX } from "lucide-react";
import { Page } from "@/components/shell/page";
import { ButtonLink } from "@/components/ui/button";
import { EmptyState } from "@/components/ui/empty-state";

export default function StaffNotFound() {
  return (
    <Page>
      <title>Not found · Recollect</title>
      <EmptyState
        heading="h1"
        icon={<SearchX />}
        title="There is nothing here"
        action={<ButtonLink href="/desk">Back to the inbox</ButtonLink>}
      >
        It may have been erased, or the link may be wrong.
      </EmptyState>
    </Page>
  );
}
