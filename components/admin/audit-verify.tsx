"use client";

import { ShieldCheck } from "lucide-react";
import { useActionState } from "react";
import { Notice } from "@/components/ui/notice";
import { SubmitButton } from "@/components/ui/submit-button";
import { type AuditVerdict, auditFaults } from "@/lib/privacy/schema";
import type { FormAct } from "@/lib/result";

/** Walks the whole chain on request and says what it found. */
export function AuditVerify({ verify }: { verify: FormAct<AuditVerdict> }) {
  const [result, submit] = useActionState(verify, null);
  return (
    <form action={submit} className="flex flex-col items-start gap-3">
      <SubmitButton variant="secondary">
        <ShieldCheck aria-hidden />
        Verify the whole log
      </SubmitButton>
      {result ? (
        <div className="w-full">
          {result.ok ? (
            <Verdict verdict={result.data} />
          ) : (
            <Notice tone="danger">{result.message}</Notice>
          )}
        </div>
      ) : null}
    </form>
  );
}

function Verdict({ verdict }: { verdict: AuditVerdict }) {
  const walked = `${verdict.entries.toLocaleString("en")} entries and ${verdict.checkpoints.toLocaleString("en")} signed checkpoints were checked.`;
  if (!verdict.ok) {
    return (
      <Notice tone="danger" title={`The log is not whole: entry ${verdict.seq}`}>
        {auditFaults[verdict.fault]} {walked} Keep the database and the checkpoint file as they are,
        and compare with a backup.
      </Notice>
    );
  }
  return (
    <Notice tone="success" title="The log is whole">
      {walked}
      {verdict.hash ? (
        <>
          {" "}
          Newest hash: <code className="break-all font-mono text-xs">{verdict.hash}</code>
        </>
      ) : null}
    </Notice>
  );
}
