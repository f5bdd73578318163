import "server-only";
import { ShieldCheck } from "lucide-react";
import { ErasureQuestion } from "@/components/privacy/erasure-question";
import { OneButton } from "@/components/privacy/one-button";
import { Purposes } from "@/components/privacy/purposes";
import { RequestList } from "@/components/privacy/request-list";
import { isOpen } from "@/components/privacy/request-words";
import { ButtonLink } from "@/components/ui/button";
import { Card } from "@/components/ui/card";
import { EmptyState } from "@/components/ui/empty-state";
import { Notice } from "@/components/ui/notice";
import { Pagination } from "@/components/ui/pagination";
import { type CustomerCaller, findAccount } from "@/lib/auth";
import { currentConsentText, findConsent } from "@/lib/customer";
import { listRequests } from "@/lib/privacy";
import type { DataRequestView } from "@/lib/privacy/schema";
import { askForCopy, askForErasure, choosePurposes, withdraw } from "./actions";

type YoursProps = {
  caller: CustomerCaller | null;
  search: { ask?: string; asked?: string; before?: string };
};

/** What the person can do about their own data. */
export async function Yours({ caller, search }: YoursProps) {
  if (!caller) {
    return <Nobody />;
  }
  const { requests, next } = await listRequests(caller, {
    limit: 10,
    ...(search.before ? { before: search.before } : {}),
  });
  const open = requests.filter(isOpen).map(({ kind }) => kind);
  const asking = search.ask === "erasure" && !open.includes("erasure");
  return (
    <>
      {asking ? (
        <ErasureQuestion
          askForErasure={askForErasure}
          needsPassword={(await findAccount())?.hasPassword ?? false}
        />
      ) : null}
      <section aria-labelledby="rights" className="flex flex-col gap-4">
        <h2 id="rights" className="text-lg">
          Your data
        </h2>
        <div className="grid gap-4 sm:grid-cols-2">
          <Copy open={open.includes("export")} />
          <Erasure open={open.includes("erasure")} />
          <OneConversation />
        </div>
      </section>
      <Asked requests={requests} asked={search.asked} next={next} before={search.before} />
      <Agreed caller={caller} />
    </>
  );
}

function Copy({ open }: { open: boolean }) {
  return (
    <Card
      heading="h3"
      title="A copy"
      description="Conversations, what is remembered, orders and settings, as a ZIP that you and a program can read."
    >
      {open ? <AlreadyAsked /> : <OneButton action={askForCopy} label="Ask for a copy" />}
    </Card>
  );
}

function Erasure({ open }: { open: boolean }) {
  return (
    <Card
      heading="h3"
      title="Erasure"
      description="Everything about you goes, for good, with a signed receipt. We ask again first."
    >
      {open ? (
        <AlreadyAsked />
      ) : (
        <ButtonLink href="/privacy?ask=erasure">Have it erased …</ButtonLink>
      )}
    </Card>
  );
}

function OneConversation() {
  return (
    <Card
      heading="h3"
      title="One conversation"
      description="A single conversation goes at once, for you and for us. We say what goes with it first."
    >
      <ButtonLink href="/chat/earlier">Choose a conversation …</ButtonLink>
    </Card>
  );
}

function AlreadyAsked() {
  return (
    <p className="text-muted text-sm">You have asked for this. Where it stands is shown below.</p>
  );
}

type AskedProps = {
  requests: readonly DataRequestView[];
  asked: string | undefined;
  next: string | null;
  before: string | undefined;
};

function Asked({ requests, asked, next, before }: AskedProps) {
  if (requests.length === 0 && !before) {
    return null;
  }
  return (
    <section
      id="requests"
      aria-labelledby="requests-title"
      className="flex scroll-mt-8 flex-col gap-4"
    >
      <h2 id="requests-title" className="text-lg">
        Your requests
      </h2>
      {requests.some((request) => request.kind === asked && isOpen(request)) ? (
        <Notice tone="success" title="We have your request">
          A person from our team looks at it and starts it, by the date below at the latest. This
          page shows where it stands.
        </Notice>
      ) : null}
      <RequestList requests={requests} withdraw={withdraw} />
      <Pagination
        label="Requests"
        olderHref={next ? `/privacy?before=${next}` : undefined}
        newerHref={before ? "/privacy" : undefined}
      />
    </section>
  );
}

async function Agreed({ caller }: { caller: CustomerCaller }) {
  const consent = await findConsent(caller.id);
  return (
    <section aria-labelledby="agreed" className="flex flex-col gap-4">
      <h2 id="agreed" className="text-lg">
        What you agreed to
      </h2>
      <Card>
        {consent?.current ? (
          <Purposes
            version={(await currentConsentText()).version}
            memory={caller.memoryOn}
            analytics={consent.analytics}
            choose={choosePurposes}
          />
        ) : (
          <p className="text-sm">
            {consent
              ? "The words below have changed since you agreed. The chat asks you again before your next message."
              : "You have not agreed to anything yet. The chat asks before your first message."}
          </p>
        )}
      </Card>
    </section>
  );
}

function Nobody() {
  return (
    <EmptyState
      icon={<ShieldCheck />}
      title="There is nothing of you here"
      action={<ButtonLink href="/sign-in?next=/privacy">Sign in</ButtonLink>}
    >
      You have not written to us on this device. If you have an account, sign in to get a copy of
      your data or have it erased.
    </EmptyState>
  );
}
