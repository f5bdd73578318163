"use client";

import { TriangleAlert } from "lucide-react";
import { Page } from "@/components/shell/page";
import { Button } from "@/components/ui/button";
import { EmptyState } from "@/components/ui/empty-state";

type Props = { error: Error & { digest?: string }; retry: () => void };

/** A page that could not be drawn. The frame around it stays, so that every other place can still be reached. */
export default function StaffError({ error, retry }: Props) {
  const noKey = error.digest === "key_unavailable";
  return (
    <Page>
      <EmptyState
        heading="h1"
        icon={<TriangleAlert />}
        title={noKey ? "This cannot be opened right now" : "This page could not be loaded"}
        action={
          <Button variant="primary" onClick={() => retry()}>
            Try again
          </Button>
        }
      >
        {noKey
          ? "The key that it is sealed under is missing. Nothing is lost, and the operators have been told: once the key is back, everything opens again."
          : "Something on our side did not answer. Nothing was changed. If it stays like this, tell whoever runs this installation."}
      </EmptyState>
    </Page>
  );
}
