import { ScrollText } from "lucide-react";
import type { Metadata } from "next";
import { staffPage } from "@/app/(staff)/gate";
import { AuditFiles } from "@/components/admin/audit-files";
import { AuditFilters } from "@/components/admin/audit-filters";
import { auditHref, momentsOf, readAuditQuery } from "@/components/admin/audit-query";
import { AuditTable } from "@/components/admin/audit-table";
import { AuditVerify } from "@/components/admin/audit-verify";
import { Page } from "@/components/shell/page";
import { EmptyState } from "@/components/ui/empty-state";
import { PageHeader } from "@/components/ui/page-header";
import { Pagination } from "@/components/ui/pagination";
import { listStaff } from "@/lib/auth";
import { listAudit } from "@/lib/privacy";
import { verify } from "./actions";

export const metadata: Metadata = { title: "Audit" };

export default staffPage({ role: "admin", path: "/admin/audit" }, async (_, { query }) => {
  const asked = readAuditQuery(query);
  const { action, actor, anonymizedUser, before } = asked;
  const [{ entries, next }, staff] = await Promise.all([
    listAudit({ action, actor, anonymizedUser, before, ...momentsOf(asked) }),
    listStaff(),
  ]);
  const names = new Map(staff.map(({ id, name }) => [id, name]));
  return (
    <Page width="wide">
      <PageHeader
        title="Audit"
        description="What staff did, and what was done with people’s data. Each entry is chained to the one before it, so a changed or missing one shows."
      />
      <div className="flex flex-col gap-6">
        <AuditVerify verify={verify} />
        <AuditFilters asked={asked} staff={staff} />
        <AuditFiles asked={asked} />
        {entries.length > 0 ? (
          <AuditTable entries={entries} names={names} />
        ) : (
          <EmptyState icon={<ScrollText />} title="Nothing to show">
            No entry matches. Entries appear a moment after the act; change the filters to see more.
          </EmptyState>
        )}
      </div>
      <Pagination
        label="Audit pages"
        newerLabel="Newest"
        newerHref={asked.before ? auditHref({ ...asked, before: undefined }) : undefined}
        olderHref={next ? auditHref({ ...asked, before: next }) : undefined}
      />
    </Page>
  );
});
