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
import { open } from "./actions";

export const metadata: Metadata = { title: "Requests" };

export default staffPage({ role: "admin", path: "/admin/requests" }, async (admin, { query }) => {
  const before = Id.safeParse(query["before"]).data;
  const { requests, next } = await listRequests(admin, before ? { before } : {});
  return (
    <Page width="wide">
      <PageHeader
        title="Requests"
        description="People who asked for their data or its erasure. Each has to be answered within a month."
        actions={<OpenRequestDialog open={open} />}
      />
      {requests.length > 0 ? (
        <RequestTable requests={requests} />
      ) : (
        <EmptyState icon={<ShieldCheck />} title="No requests">
          Customers ask on their privacy page. When somebody asks by mail or phone, open a request
          for them here.
        </EmptyState>
      )}
      <Pagination
        label="Request pages"
        newerLabel="Newest"
        newerHref={before ? "/admin/requests" : undefined}
        olderHref={next ? `/admin/requests?before=${next}` : undefined}
      />
    </Page>
  );
});
