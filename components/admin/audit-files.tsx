import { Download } from "lucide-react";
import { buttonClass } from "@/components/ui/button";
import { type AuditAsked, auditFileHref } from "./audit-query";

const kinds = [
  { kind: "csv", label: "Download as CSV" },
  { kind: "json", label: "Download as JSON" },
] as const;

/** The filtered entries as a file. Links and no buttons: they work without a script. */
export function AuditFiles({ asked }: { asked: AuditAsked }) {
  return (
    <div className="flex flex-wrap items-center gap-2">
      {kinds.map(({ kind, label }) => (
        <a
          key={kind}
          href={auditFileHref(asked, kind)}
          download
          className={buttonClass("secondary", "sm")}
        >
          <Download aria-hidden />
          {label}
        </a>
      ))}
      <p className="text-muted text-sm">All entries that match, with their hashes.</p>
    </div>
  );
}
