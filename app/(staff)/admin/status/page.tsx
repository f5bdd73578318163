import type { Metadata } from "next";
import { staffPage } from "@/app/(staff)/gate";
import { AnswersSwitch } from "@/components/admin/answers-switch";
import { FailedJobs } from "@/components/admin/failed-jobs";
import { KeyAlarms } from "@/components/admin/key-alarms";
import { ProcessTable } from "@/components/admin/process-table";
import { QueueStats } from "@/components/admin/queue-stats";
import { StandingTable } from "@/components/admin/standing-table";
import { Page } from "@/components/shell/page";
import { LookAgain } from "@/components/staff/look-again";
import { PageHeader } from "@/components/ui/page-header";
import { modelStates } from "@/lib/agent";
import { listStaff } from "@/lib/auth";
import { readStatus } from "@/lib/health";
import { listFailedJobs, readJobQueue } from "@/lib/job";
import { findLastBackup, listKeyAlarms } from "@/lib/privacy";
import { readSetting } from "@/lib/setting";
import { retryAllJobs, retryJob, turnAnswers } from "./actions";

export const metadata: Metadata = { title: "Status" };

const LOOK_MS = 5_000;

export default staffPage({ role: "lead", path: "/admin/status" }, async (staff) => {
  const [status, jobs, failed, answers, alarms, backup] = await Promise.all([
    readStatus(),
    readJobQueue(),
    listFailedJobs(),
    readSetting("answers"),
    listKeyAlarms(),
    findLastBackup(),
  ]);
  const switchedBy = answers.updatedBy
    ? (await listStaff()).find(({ id }) => id === answers.updatedBy)
    : undefined;
  const acts = staff.role === "admin";
  return (
    <Page width="wide">
      <LookAgain everyMs={LOOK_MS} />
      <PageHeader
        title="Status"
        description="What this installation stands on, what runs, and what waits. Looked at anew every five seconds."
      />
      <div className="flex flex-col gap-10">
        <AnswersSwitch
          on={answers.value.on}
          since={answers.updatedAt}
          by={switchedBy?.name ?? null}
          turn={acts ? turnAnswers : null}
        />
        <KeyAlarms alarms={alarms} />
        <StandingTable status={status} models={modelStates()} backup={backup} />
        <QueueStats turns={status.turns} jobs={jobs} />
        <FailedJobs
          jobs={failed}
          total={jobs.failed}
          retry={acts ? retryJob : null}
          retryAll={acts ? retryAllJobs : null}
        />
        <ProcessTable processes={status.processes} builds={status.builds} />
      </div>
    </Page>
  );
});
