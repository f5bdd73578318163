import { buttonClass } from "@/components/ui/button";
import type { DataRequestView } from "@/lib/privacy/schema";

/** A copy for use outside the person's own request, on an export's page. */
export function RedactedCopy({ request }: { request: DataRequestView }) {
  if (request.kind !== "export" || request.customerId === null) {
    return null;
  }
  return (
    <div className="flex flex-wrap items-center justify-between gap-x-6 gap-y-3 border-line border-t pt-6">
      <p className="max-w-prose text-muted text-sm">
        For any use other than this person’s own request there is a copy in which everything that
        says who they are is hidden, for good. It is made now and kept nowhere; that you took it is
        written into the audit log.
      </p>
      <a className={buttonClass()} href={`/admin/requests/${request.id}/redacted`} download>
        Download a redacted copy
      </a>
    </div>
  );
}
