import { Compass } from "lucide-react";
import type { Metadata } from "next";
import { CustomerFrame } from "@/app/(customer)/customer-frame";
import { ButtonLink } from "@/components/ui/button";
import { EmptyState } from "@/components/ui/empty-state";

export const metadata: Metadata = { title: "Not found" };

export default function NotFound() {
  return (
    <CustomerFrame>
      <div className="py-10 sm:py-16">
        <EmptyState
          heading="h1"
          icon={<Compass />}
          title="This page is not here"
          action={
            <>
              <ButtonLink href="/" variant="primary">
                To the start
              </ButtonLink>
              <ButtonLink href="/help">Help pages</ButtonLink>
            </>
          }
        >
          The link may be old, or mistyped, or what it led to was deleted. Nothing else is wrong.
        </EmptyState>
      </div>
    </CustomerFrame>
  );
}
