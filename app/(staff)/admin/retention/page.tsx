import type { Metadata } from "next";
import { staffPage } from "@/app/(staff)/gate";
import { HoldForm } from "@/components/admin/hold-form";
import { HoldTable } from "@/components/admin/hold-table";
import { RetentionCalendar } from "@/components/admin/retention-calendar";
import { RetentionDueStats } from "@/components/admin/retention-due";
import { RetentionForm } from "@/components/admin/retention-form";
import { RetentionOthers } from "@/components/admin/retention-others";
import { RetentionPending } from "@/components/admin/retention-pending";
import { Page } from "@/components/shell/page";
import { PageHeader } from "@/components/ui/page-header";
import { Pagination } from "@/components/ui/pagination";
import { listStaff } from "@/lib/auth";
import { dataMap } from "@/lib/data-map";
import { Id } from "@/lib/id";
import {
  countRemoved,
  listHolds,
  previewRetention,
  retentionCalendar,
  retentionState,
  retentions,
} from "@/lib/privacy";
import { change, hold, release, takeBack } from "./actions";

export const metadata: Metadata = { title: "Retention" };

const CALENDAR_DAYS = 30;
const changeable: string[] = Object.values(retentions);

export default staffPage({ role: "admin", path: "/admin/retention" }, async (_, { query }) => {
  const before = Id.safeParse(query["before"]).data ?? null;
  const [state, due, coming, removed, { holds, next }, staff] = await Promise.all([
    retentionState(),
    previewRetention(),
    retentionCalendar(CALENDAR_DAYS),
    countRemoved(CALENDAR_DAYS),
    listHolds({ before }),
    listStaff(),
  ]);
  const names = Object.fromEntries(staff.map(({ id, name }) => [id, name]));
  const others = dataMap
    .filter(({ whose, retention }) => whose !== "nobody" && !changeable.includes(retention))
    .map(({ name, what, retention }) => ({ name, what, retention }));
  return (
    <Page width="wide">
      <PageHeader
        title="Retention"
        description="How long what is kept, what goes next, and what must stay. Whatever is open, waits, or is with a person is never removed."
      />
      <div className="flex flex-col gap-10">
        <RetentionPending state={state} names={names} takeBack={takeBack} />
        <RetentionForm key={state.changedAt ?? ""} state={state} change={change} />
        <RetentionDueStats due={due} removed={removed} days={CALENDAR_DAYS} />
        <RetentionCalendar coming={coming} days={CALENDAR_DAYS} />
        <section aria-labelledby="holds" className="flex flex-col gap-4">
          <HoldTable holds={holds} names={names} release={release} />
          <Pagination
            label="Holds"
            newerHref={before ? "/admin/retention#holds" : undefined}
            olderHref={next ? `/admin/retention?before=${next}#holds` : undefined}
          />
          <HoldForm hold={hold} />
        </section>
        <RetentionOthers others={others} />
      </div>
    </Page>
  );
});
