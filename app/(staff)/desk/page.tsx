import { Inbox } from "lucide-react";
import type { Metadata } from "next";
import { staffPage } from "@/app/(staff)/gate";
import { emptyText, inboxHref, readFilter } from "@/components/desk/inbox-filters";
import { InboxList } from "@/components/desk/inbox-list";
import { InboxTabs } from "@/components/desk/inbox-tabs";
import { Page } from "@/components/shell/page";
import { EmptyState } from "@/components/ui/empty-state";
import { PageHeader } from "@/components/ui/page-header";
import { Pagination } from "@/components/ui/pagination";
import { listStaff } from "@/lib/auth";
import { listInbox } from "@/lib/conversation";
import { listSummaryLines } from "@/lib/summary";

export const metadata: Metadata = { title: "Inbox" };

export default staffPage({ role: "lead", path: "/desk" }, async (lead, { query }) => {
  const filter = readFilter(query["filter"]);
  const cursor = query["after"] ?? null;
  const [{ rows, next }, staff] = await Promise.all([
    listInbox(lead, { filter, cursor }),
    listStaff(),
  ]);
  const lines = await listSummaryLines(
    lead,
    rows.map(({ id }) => id),
  );
  const names = new Map(staff.map(({ id, name }) => [id, id === lead.id ? "You" : name]));
  const items = rows.map((row) => ({
    row,
    line: lines.get(row.id) ?? null,
    assignee: row.assigneeId ? (names.get(row.assigneeId) ?? null) : null,
  }));
  return (
    <Page width="wide">
      <PageHeader
        title="Inbox"
        description="Who waits longest for a person comes first, then what nobody has read."
      />
      <InboxTabs current={filter} />
      <div className="mt-5">
        {items.length > 0 ? (
          <InboxList items={items} />
        ) : (
          <EmptyState icon={<Inbox />} title="Nothing here">
            {emptyText(filter)}
          </EmptyState>
        )}
      </div>
      <Pagination
        label="Inbox pages"
        newerLabel="First page"
        newerHref={cursor ? inboxHref(filter) : undefined}
        olderLabel="Next page"
        olderHref={next ? inboxHref(filter, next) : undefined}
      />
    </Page>
  );
});
