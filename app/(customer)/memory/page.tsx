import { Sprout } from "lucide-react";
import type { Metadata } from "next";
import { CustomerFrame } from "@/app/(customer)/customer-frame";
import { FactList } from "@/components/memory/fact-list";
import { ForgetAll } from "@/components/memory/forget-all";
import { MemorySwitch } from "@/components/memory/memory-switch";
import { RememberedCard } from "@/components/memory/remembered-card";
import { WhoCard } from "@/components/memory/who-card";
import { Page } from "@/components/shell/page";
import { ButtonLink } from "@/components/ui/button";
import { Card } from "@/components/ui/card";
import { EmptyState } from "@/components/ui/empty-state";
import { Notice } from "@/components/ui/notice";
import { PageHeader } from "@/components/ui/page-header";
import { Pagination } from "@/components/ui/pagination";
import { listOwnFacts, listOwnMemory, type OwnFact } from "@/lib/agent";
import { type CustomerCaller, findCustomerCaller } from "@/lib/auth";
import { findCustomer } from "@/lib/customer";
import {
  correctFact,
  forgetConversation,
  forgetEdge,
  forgetEverything,
  forgetFact,
  forgetValue,
  setMemory,
} from "./actions";

export const metadata: Metadata = { title: "Memory" };

type Search = { before?: string; forget?: string; forgotten?: string };
type Props = { searchParams: Promise<Search> };

export default async function MemoryPage({ searchParams }: Props) {
  const caller = await findCustomerCaller();
  return (
    <CustomerFrame>
      <Page width="narrow">
        <PageHeader
          title="What we remember"
          description="What the assistant keeps from your conversations for its next answer, and the message each thing came from. You can have any of it forgotten."
        />
        {caller ? <Known caller={caller} search={await searchParams} /> : <Unknown />}
      </Page>
    </CustomerFrame>
  );
}

async function Known({ caller, search }: { caller: CustomerCaller; search: Search }) {
  const customer = await findCustomer(caller.id);
  const { rows, next } = await listOwnMemory(caller, search.before ?? null);
  const facts = await listOwnFacts(caller);
  const any = rows.length > 0 || facts.length > 0 || search.before !== undefined;
  return (
    <div className="flex flex-col gap-6">
      {search.forgotten && !any ? (
        <Notice tone="success">Everything is forgotten. The assistant begins anew.</Notice>
      ) : null}
      {search.forget === "everything" && any ? <ForgetAll forget={forgetEverything} /> : null}
      <Card>
        <MemorySwitch on={caller.memoryOn} setMemory={setMemory} />
      </Card>
      <WhoCard
        registered={caller.registered}
        name={customer?.name ?? null}
        email={customer?.email ?? null}
      />
      {search.before ? null : <AboutYou facts={facts} />}
      <section aria-labelledby="conversations" className="mt-2 flex flex-col gap-4">
        <h2 id="conversations" className="text-lg">
          From your conversations
        </h2>
        {rows.map(({ conversation, ...remembered }) => (
          <RememberedCard
            key={conversation.id}
            conversation={conversation}
            {...remembered}
            forgetValue={forgetValue}
            forgetEdge={forgetEdge}
            forgetConversation={forgetConversation}
          />
        ))}
        {rows.length === 0 ? <Nothing /> : null}
        <Steps next={next} before={search.before} />
      </section>
      {any && search.forget !== "everything" ? <AllOfIt /> : null}
    </div>
  );
}

/** What is known in every conversation. */
function AboutYou({ facts }: { facts: OwnFact[] }) {
  return (
    <section aria-labelledby="about-you" className="mt-2 flex flex-col gap-4">
      <div>
        <h2 id="about-you" className="text-lg">
          What you told about yourself
        </h2>
        <p className="mt-0.5 text-muted text-sm">
          Known in your next conversations, too. What you say about other people is not. Forgetting
          one forgets every message that says it, so that it cannot come back.
        </p>
      </div>
      <Card>
        {facts.length > 0 ? (
          <FactList facts={facts} forget={forgetFact} correct={correctFact} />
        ) : (
          <p className="text-muted text-sm">
            Nothing yet. What you prefer, where you work or what is still open will be listed here.
          </p>
        )}
      </Card>
    </section>
  );
}

function Steps({ next, before }: { next: string | null; before: string | undefined }) {
  return (
    <Pagination
      label="Conversations"
      olderHref={next ? `/memory?before=${encodeURIComponent(next)}` : undefined}
      newerHref={before ? "/memory" : undefined}
    />
  );
}

/** The first time of asking; the question itself has an address of its own. */
function AllOfIt() {
  return (
    <div className="flex flex-wrap items-center justify-between gap-x-6 gap-y-3 border-line border-t pt-6">
      <p className="min-w-0 grow basis-56 text-muted text-sm">
        All of it at once, in every conversation. We ask again before we do it.
      </p>
      <ButtonLink href="/memory?forget=everything">Forget everything …</ButtonLink>
    </div>
  );
}

function Nothing() {
  return (
    <EmptyState
      heading="h3"
      icon={<Sprout />}
      title="Nothing is remembered"
      action={<ButtonLink href="/chat">Open the chat</ButtonLink>}
    >
      Names, orders and dates that you mention in the chat will be listed here, with the message
      they came from.
    </EmptyState>
  );
}

function Unknown() {
  return (
    <EmptyState
      icon={<Sprout />}
      title="We do not know you yet"
      action={
        <>
          <ButtonLink href="/chat" variant="primary">
            Open the chat
          </ButtonLink>
          <ButtonLink href="/sign-in?next=/memory">Sign in</ButtonLink>
        </>
      }
    >
      Nothing is remembered before you have written to us on this device, or signed in.
    </EmptyState>
  );
}
