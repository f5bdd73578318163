import { ShieldCheck } from "lucide-react";
import type { Metadata } from "next";
import { staffPage } from "@/app/(staff)/gate";
import { OpenRequestDialog } from "@/components/admin/open-request-dialog";
import { RequestTable } from "@/components/admin/request-table";
import { Page } from "@/components/shell/page";
import { EmptyState } from "@/components/ui/empty-state";
import { PageHeader } from "@/components/ui/page-header";
import { Pagination } from "@/components/ui/pagination";
import { Id } from "@/lib/id";
import { listRequests } from "@/lib/privacy";
import { nothingHeld, open as openOne } from "./actions";

/** What is due first; the rest comes when these are answered. */
const OPEN_MAX = 100;

export const metadata: Metadata = { title: "Requests" };

export default staffPage({ role: "admin", path: "/admin/requests" }, async (admin, { query }) => {
  const before = Id.safeParse(query["before"]).data;
  const [open, answered] = await Promise.all([
    before
      ? []
      : listRequests(admin, { open: true, limit: OPEN_MAX }).then((page) => page.requests),
    listRequests(admin, { open: false, ...(before ? { before } : {}) }),
  ]);
  const { requests, next } = answered;
  return (
    <Page width="wide">
      <PageHeader
        title="Requests"
        description="People who asked for their data, its correction, restriction or erasure. Each has to be answered within a month."
        actions={<OpenRequestDialog open={openOne} nothingHeld={nothingHeld} />}
      />
      {open.length > 0 ? (
        <section aria-labelledby="open" className="mb-8 flex flex-col gap-3">
          <h2 id="open" className="text-lg">
            To be answered
          </h2>
          <RequestTable caption="Requests to be answered, by their due date" requests={open} />
        </section>
      ) : null}
      {requests.length > 0 ? (
        <section aria-labelledby="answered" className="flex flex-col gap-3">
          <h2 id="answered" className="text-lg">
            Answered
          </h2>
          <RequestTable caption="Answered requests" requests={requests} />
        </section>
      ) : null}
      {open.length + requests.length === 0 ? (
        <EmptyState icon={<ShieldCheck />} title="No requests">
          Customers ask on their privacy page. When somebody asks by mail or phone, open a request
          for them here.
        </EmptyState>
      ) : null}
      <Pagination
        label="Request pages"
        newerLabel="Newest"
        newerHref={before ? "/admin/requests" : undefined}
        olderHref={next ? `/admin/requests?before=${next}` : undefined}
      />
    </Page>
  );
});
