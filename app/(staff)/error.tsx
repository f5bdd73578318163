"use client";

import { TriangleAlert } from "lucide-react";
import { Page } from "@/components/shell/page";
import { Button } from "@/components/ui/button";
import { EmptyState } from "@/components/ui/empty-state";

/** A page that could not be drawn. The frame around it stays, so that every other place can still be reached. */
export default function StaffError({ retry }: { retry: () => void }) {
  return (
    <Page>
      <EmptyState
        heading="h1"
        icon={<TriangleAlert />}
        title="This page could not be loaded"
        action={
          <Button variant="primary" onClick={() => retry()}>
            Try again
          </Button>
        }
      >
        Something on our side did not answer. Nothing was changed. If it stays like this, tell
        whoever runs this installation.
      </EmptyState>
    </Page>
  );
}
