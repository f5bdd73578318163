import { FileText } from "lucide-react";
import type { Metadata } from "next";
import { staffPage } from "@/app/(staff)/gate";
import { SummaryList } from "@/components/desk/summary-list";
import {
  readSummaryQuery,
  summariesHref,
  summaryEmptyText,
  summaryTabs,
} from "@/components/desk/summary-query";
import { SummarySearch } from "@/components/desk/summary-search";
import { Page } from "@/components/shell/page";
import { EmptyState } from "@/components/ui/empty-state";
import { NavTabs } from "@/components/ui/nav-tabs";
import { PageHeader } from "@/components/ui/page-header";
import { Pagination } from "@/components/ui/pagination";
import { listSummaries } from "@/lib/summary";
import { approve } from "./actions";

export const metadata: Metadata = { title: "Summaries" };

export default staffPage({ role: "lead", path: "/desk/summaries" }, async (lead, { query }) => {
  const asked = readSummaryQuery(query);
  const { rows, next } = await listSummaries(lead, {
    ...(asked.words ? { query: asked.words } : {}),
    ...(asked.reviewed === undefined ? {} : { reviewed: asked.reviewed }),
    cursor: asked.cursor ?? null,
  });
  return (
    <Page width="wide">
      <PageHeader
        title="Summaries"
        description="What each conversation comes down to. Search in words; the closest match comes first."
      />
      <SummarySearch asked={asked} />
      <div className="mt-6">
        <NavTabs label="Summaries by review" tabs={summaryTabs(asked)} />
      </div>
      <div className="mt-5">
        {rows.length > 0 ? (
          <SummaryList rows={rows} approve={approve} />
        ) : (
          <EmptyState icon={<FileText />} title="No summaries here">
            {summaryEmptyText(asked)}
          </EmptyState>
        )}
      </div>
      <Pagination
        label="Summary pages"
        newerLabel="First page"
        newerHref={asked.cursor ? summariesHref({ ...asked, cursor: undefined }) : undefined}
        olderLabel="Next page"
        olderHref={next ? summariesHref({ ...asked, cursor: next }) : undefined}
      />
    </Page>
  );
});
