import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { run } from "@/app/(staff)/admin/requests/actions";
import { staffPage } from "@/app/(staff)/gate";
import { ErasurePreviewCard } from "@/components/admin/erasure-preview";
import { ReceiptCard } from "@/components/admin/receipt-card";
import { RequestProgress } from "@/components/admin/request-progress";
import { RequestRun } from "@/components/admin/request-run";
import { RequestSummary } from "@/components/admin/request-summary";
import { isMoving, isStartable, kindNames } from "@/components/admin/request-words";
import { Page } from "@/components/shell/page";
import { LookAgain } from "@/components/staff/look-again";
import { Breadcrumbs } from "@/components/ui/breadcrumbs";
import { PageHeader } from "@/components/ui/page-header";
import { dataMap } from "@/lib/data-map";
import { Id } from "@/lib/id";
import { findReceipt, findRequest, previewErasure } from "@/lib/privacy";

export const metadata: Metadata = { title: "Request" };

export default staffPage(
  { role: "admin", path: "/admin/requests/[requestId]" },
  async (admin, { params }) => {
    const id = Id.safeParse(params["requestId"]).data;
    const request = id ? await findRequest(admin, id) : null;
    if (!request) {
      notFound();
    }
    const { kind, state, customerId } = request;
    const erases = kind === "erasure" && customerId !== null && isStartable(state);
    const [preview, receipt] = await Promise.all([
      erases ? previewErasure(customerId, dataMap) : null,
      request.receiptId ? findReceipt(request.id) : null,
    ]);
    return (
      <Page>
        <PageHeader
          above={
            <Breadcrumbs
              crumbs={[{ label: "Requests", href: "/admin/requests" }, { label: kindNames[kind] }]}
            />
          }
          title={kindNames[kind]}
        />
        <div className="flex flex-col gap-6">
          <RequestSummary request={request} />
          {isMoving(state) ? <LookAgain everyMs={1500} /> : null}
          {kind === "erasure" && (isMoving(state) || state === "failed") ? (
            <RequestProgress request={request} />
          ) : null}
          {preview ? <ErasurePreviewCard preview={preview} /> : null}
          {isStartable(state) ? <RequestRun request={request} run={run} /> : null}
          {receipt ? <ReceiptCard requestId={request.id} receipt={receipt} /> : null}
        </div>
      </Page>
    );
  },
);
