import { SearchX } from "lucide-react";
import { CustomerFrame } from "@/app/(customer)/customer-frame";
import { ButtonLink } from "@/components/ui/button";
import { EmptyState } from "@/components/ui/empty-state";

export default function ArticleNotFound() {
  return (
    <CustomerFrame>
      <div className="py-10">
        <EmptyState
          heading="h1"
          icon={<SearchX />}
          title="This help page is not here"
          action={
            <>
              <ButtonLink href="/help" variant="primary">
                All help pages
              </ButtonLink>
              <ButtonLink href="/chat">Ask in the chat</ButtonLink>
            </>
          }
        >
          It may have been renamed or withdrawn. Look through the list, or ask us.
        </EmptyState>
      </div>
    </CustomerFrame>
  );
}
