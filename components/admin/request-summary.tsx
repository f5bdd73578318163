import { Download } from "lucide-react";
import type { ReactNode } from "react";
import { buttonClass } from "@/components/ui/button";
import { Card } from "@/components/ui/card";
import { Notice } from "@/components/ui/notice";
import { Time } from "@/components/ui/time";
import { type DataRequestView, requestReasons } from "@/lib/privacy/schema";
import { Due } from "./due";
import { RequestDecided } from "./request-decided";
import { RequestBadge } from "./request-table";
import { stateLooks } from "./request-words";
import { sizeText } from "./size-text";

/** What was asked, by whom, until when, and what came of it. */
export function RequestSummary({ request }: { request: DataRequestView }) {
  const { download } = request;
  return (
    <Card>
      <dl className="grid gap-x-8 gap-y-4 sm:grid-cols-2 lg:grid-cols-3">
        <Detail name="State">
          <span role="status" aria-label={`State: ${stateLooks[request.state].text}`}>
            <RequestBadge state={request.state} />
          </span>
        </Detail>
        <Detail name="Customer">
          <code className="break-all font-mono text-xs">{request.pseudonym}</code>
        </Detail>
        <Detail name="Opened by">
          {request.openedBy === "customer" ? "The customer" : "Staff"} ·{" "}
          {requestReasons[request.reason]}
        </Detail>
        <Detail name="Received">
          <Time
            at={request.receivedAt}
            // A letter has the day of its stamp.
            show={request.openedBy === "staff" ? "date" : "full"}
          />
        </Detail>
        <Detail name="Due">
          <Due at={request.dueAt} finishedAt={request.finishedAt} />
        </Detail>
        <Detail name="Known to be them">
          {request.confirmedBy ? proofs[request.confirmedBy] : "By their session only"}
        </Detail>
        {request.finishedAt ? (
          <Detail name="Finished">
            <Time at={request.finishedAt} show="full" />
          </Detail>
        ) : null}
      </dl>
      <RequestDecided request={request} />
      {request.failure ? (
        <Notice tone="danger" title="It did not finish" className="mt-5">
          Reason: <code className="font-mono text-xs">{request.failure}</code>. What was done stays
          done; running it again goes on from there.
          <FoundIn places={request.foundIn} />
        </Notice>
      ) : null}
      {download ? (
        <Notice
          tone="success"
          title="The file is ready"
          className="mt-5"
          action={
            <a href={`/api/export/${request.id}`} download className={buttonClass("primary", "sm")}>
              <Download aria-hidden />
              Download ({sizeText(download.bytes)})
            </a>
          }
        >
          It can be downloaded until <Time at={download.expiresAt} show="full" />. Every download is
          written into the audit log.
        </Notice>
      ) : null}
    </Card>
  );
}

const proofs = {
  password: "By their password",
  code: "By a code",
  staff: "By staff",
} as const;

/** Names of tables and files, and how often; never what was found. */
function FoundIn({ places }: { places: readonly string[] }) {
  if (places.length === 0) {
    return null;
  }
  return (
    <>
      <p className="mt-3">Something of the person was still found here:</p>
      <ul className="mt-1 list-disc pl-5">
        {places.map((place) => (
          <li key={place} className="break-all font-mono text-xs">
            {place}
          </li>
        ))}
      </ul>
    </>
  );
}

function Detail({ name, children }: { name: string; children: ReactNode }) {
  return (
    <div className="min-w-0 text-sm">
      <dt className="mb-0.5 text-muted text-xs">{name}</dt>
      <dd>{children}</dd>
    </div>
  );
}
