"use client";

import Link from "next/link";
import { useEffect, useState } from "react";
import { Dialog } from "@/components/ui/dialog";
import { Markdown } from "@/components/ui/markdown";
import { Notice } from "@/components/ui/notice";
import { Skeleton } from "@/components/ui/skeleton";
import type { Source } from "@/lib/conversation/schema";
import type { CitedPassages as Found } from "@/lib/knowledge/schema";

type CitedPassagesProps = {
  source: Source;
  cited: NonNullable<Source["cited"]>;
  onClose: () => void;
};

/** The passages that an answer was given from, over the conversation, which stays where it is. */
export function CitedPassages({ source, cited, onClose }: CitedPassagesProps) {
  const found = useCited(source.id, cited);
  return (
    <Dialog
      open
      onOpenChange={(open) => (open ? undefined : onClose())}
      title={source.title}
      description="What this answer was given from."
      shape="wide"
      footer={
        <Link
          href={source.href}
          target="_blank"
          className="rounded-sm text-accent-ink text-sm underline underline-offset-4"
        >
          Read the whole page<span className="sr-only"> (opens in a new tab)</span>
        </Link>
      }
    >
      <Content found={found} />
    </Dialog>
  );
}

function Content({ found }: { found: Found | "waiting" | "gone" }) {
  if (found === "waiting") {
    return <Skeleton className="h-24" />;
  }
  if (found === "gone") {
    return (
      <Notice tone="warning">
        This passage cannot be shown any more. The page may have been changed or taken away.
      </Notice>
    );
  }
  return (
    <div className="flex flex-col gap-5">
      {found.isCurrent ? null : (
        <Notice quiet>The page has been changed since this answer was given.</Notice>
      )}
      {found.passages.map(({ heading, text }) => (
        <blockquote key={`${heading}:${text}`} className="border-accent-line border-l-2 pl-4">
          {heading === found.title ? null : <p className="mb-1 font-semibold">{heading}</p>}
          <Markdown text={text} headings="sections" />
        </blockquote>
      ))}
    </div>
  );
}

function useCited(articleId: string, { version, ordinals }: CitedPassagesProps["cited"]) {
  const [found, setFound] = useState<Found | "waiting" | "gone">("waiting");
  const places = ordinals.join(",");
  useEffect(() => {
    const abort = new AbortController();
    fetch(`/api/articles/${articleId}/passages?version=${version}&at=${places}`, {
      signal: abort.signal,
    })
      .then(async (response) => setFound(response.ok ? ((await response.json()) as Found) : "gone"))
      .catch(() => (abort.signal.aborted ? undefined : setFound("gone")));
    return () => abort.abort();
  }, [articleId, version, places]);
  return found;
}
