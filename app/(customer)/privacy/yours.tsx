import "server-only";
import { ShieldCheck } from "lucide-react";
import { OneButton } from "@/components/privacy/one-button";
import { Purposes } from "@/components/privacy/purposes";
import { type OwnRequest, RequestList } from "@/components/privacy/request-list";
import { RequestQuestion } from "@/components/privacy/request-question";
import { isOpen, questionWords } from "@/components/privacy/request-words";
import { ButtonLink } from "@/components/ui/button";
import { Card } from "@/components/ui/card";
import { EmptyState } from "@/components/ui/empty-state";
import { Notice } from "@/components/ui/notice";
import { Pagination } from "@/components/ui/pagination";
import { type CustomerCaller, findAccount } from "@/lib/auth";
import { currentConsentText, findConsent } from "@/lib/customer";
import { findRequestCode, findStatement, listRequests } from "@/lib/privacy";
import { type DataRequestView, RequestKind } from "@/lib/privacy/schema";
import { isMailed } from "@/lib/tell-person";
import { askFor, choosePurposes, confirm, lift, renew, withdraw } from "./actions";

type YoursProps = {
  caller: CustomerCaller | null;
  search: { ask?: string; asked?: string; before?: string; from?: string };
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
  const asked = RequestKind.safeParse(search.ask).data;
  const asking = asked && !isTaken(asked, open, caller) ? asked : null;
  return (
    <>
      {caller.restricted ? <Restricted /> : null}
      {asking ? (
        <RequestQuestion
          key={asking}
          kind={asking}
          ask={askFor}
          needsPassword={(await findAccount())?.hasPassword ?? false}
          fromChat={search.from === "chat"}
        />
      ) : null}
      <section aria-labelledby="rights" className="flex flex-col gap-4">
        <h2 id="rights" className="text-lg">
          Your data
        </h2>
        <div className="grid gap-4 sm:grid-cols-2">
          {kinds.map((kind) => (
            <Right key={kind} kind={kind} taken={isTaken(kind, open, caller)} />
          ))}
          <OneConversation />
        </div>
      </section>
      <Asked
        requests={await Promise.all(requests.map((request) => withOwn(caller, request)))}
        asked={search.asked}
        next={next}
        before={search.before}
      />
      <Agreed caller={caller} />
    </>
  );
}

const kinds: readonly RequestKind[] = [
  "export",
  "erasure",
  "rectification",
  "restriction",
  "objection",
];

/** It is asked for already, or holds already. */
function isTaken(kind: RequestKind, open: readonly RequestKind[], caller: CustomerCaller): boolean {
  return open.includes(kind) || (kind === "restriction" && caller.restricted);
}

/** What only its owner is shown: their own words, and the code where it does not go by mail. */
async function withOwn(caller: CustomerCaller, request: DataRequestView): Promise<OwnRequest> {
  const said = request.kind === "rectification" ? await findStatement(caller, request.id) : null;
  return { ...request, said, code: await codeAt(caller, request) };
}

async function codeAt(caller: CustomerCaller, { id, state }: DataRequestView) {
  if (state !== "identity_check") {
    return null;
  }
  const found = await findRequestCode(id);
  if (!found) {
    return { at: "over" } as const;
  }
  const mailed = await isMailed(caller.id);
  return mailed ? ({ at: "mail" } as const) : ({ at: "page", code: found.code } as const);
}

function Right({ kind, taken }: { kind: RequestKind; taken: boolean }) {
  const words = questionWords[kind];
  return (
    <Card heading="h3" title={words.card} description={words.lead}>
      {taken ? (
        <p className="text-muted text-sm">
          You have asked for this. Where it stands is shown below.
        </p>
      ) : (
        <ButtonLink href={`/privacy?ask=${kind}#ask`}>{words.open}</ButtonLink>
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

function Restricted() {
  return (
    <Notice
      tone="warning"
      title="Your data is restricted: it is kept, and not used"
      action={<OneButton action={lift} label="Lift the restriction" />}
    >
      The chat takes nothing new, and nothing is remembered or summed up, until it is lifted.
    </Notice>
  );
}

type AskedProps = {
  requests: readonly OwnRequest[];
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
      <Taken request={requests.find(({ kind }) => kind === asked)} />
      <RequestList requests={requests} acts={{ withdraw, confirm, renew, lift }} />
      <Pagination
        label="Requests"
        olderHref={next ? `/privacy?before=${next}` : undefined}
        newerHref={before ? "/privacy" : undefined}
      />
    </section>
  );
}

function Taken({ request }: { request: OwnRequest | undefined }) {
  if (request?.state === "received") {
    return (
      <Notice tone="success" title="We have your request">
        A person from our team looks at it, by the date below at the latest. This page shows where
        it stands.
      </Notice>
    );
  }
  const atOnce = request?.kind === "restriction" || request?.kind === "objection";
  return atOnce && request.state === "done" && !request.lifted ? (
    <Notice tone="success" title="It holds from now on">
      You can take it back at any time.
    </Notice>
  ) : null;
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
