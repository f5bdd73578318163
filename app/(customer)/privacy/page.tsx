import type { Metadata } from "next";
import { CustomerFrame } from "@/app/(customer)/customer-frame";
import { Responsible } from "@/components/chat/consent-form";
import { KeptList } from "@/components/privacy/kept-list";
import { Page } from "@/components/shell/page";
import { PageHeader } from "@/components/ui/page-header";
import { findCustomerCaller } from "@/lib/auth";
import { currentConsentText } from "@/lib/customer";
import { dataMap } from "@/lib/data-map";
import { Yours } from "./yours";

export const metadata: Metadata = { title: "Privacy" };

type Search = { ask?: string; asked?: string; before?: string; from?: string };
type Props = { searchParams: Promise<Search> };

export default async function PrivacyPage({ searchParams }: Props) {
  const caller = await findCustomerCaller();
  return (
    <CustomerFrame>
      <Page width="narrow">
        <PageHeader
          title="Your privacy"
          description="What is kept of you here and why, and how to get a copy of it, have it corrected, restricted or erased."
        />
        <div className="flex flex-col gap-10">
          <Yours caller={caller} search={await searchParams} />
          <Kept />
        </div>
      </Page>
    </CustomerFrame>
  );
}

/** What holds for everybody, from the words that are agreed to and from the data map, so that neither can differ. */
async function Kept() {
  const text = await currentConsentText();
  const places = dataMap
    .filter(({ whose }) => whose === "customer")
    .map(({ name, what, purpose, basis, retention, recipients }) => ({
      name,
      what,
      purpose,
      basis,
      retention,
      recipients,
    }));
  return (
    <section aria-labelledby="kept" className="flex flex-col gap-4">
      <h2 id="kept" className="text-lg">
        What is kept, in short
      </h2>
      <ul className="flex flex-col gap-2.5">
        {text.points.map((point) => (
          <li key={point} className="flex gap-3 text-sm">
            <span aria-hidden className="mt-2 size-1.5 shrink-0 rounded-full bg-accent" />
            <span>{point}</span>
          </li>
        ))}
      </ul>
      <Responsible text={text} />
      <KeptList places={places} />
    </section>
  );
}
