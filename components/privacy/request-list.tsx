import { Download } from "lucide-react";
import { Badge } from "@/components/ui/badge";
import { buttonClass } from "@/components/ui/button";
import { Time } from "@/components/ui/time";
import type { DataRequestView, Statement } from "@/lib/privacy/schema";
import type { FormAct } from "@/lib/result";
import { type CodeAt, CodeForm } from "./code-form";
import { OneButton } from "./one-button";
import { RequestTold } from "./request-told";
import { canWithdraw, isOpen, kindWords, sizeText, stateWords } from "./request-words";

/** A request with what only its owner is shown. */
export type OwnRequest = DataRequestView & { said: Statement | null; code: CodeAt | null };

type Acts = { withdraw: FormAct; confirm: FormAct<never>; renew: FormAct; lift: FormAct };
type RequestListProps = { requests: readonly OwnRequest[]; acts: Acts };

/** The person's own requests, newest first: where each stands and what can be done about it. */
export function RequestList({ requests, acts }: RequestListProps) {
  return (
    <ul className="flex flex-col overflow-hidden rounded-lg border border-line bg-surface shadow-card">
      {requests.map((request) => (
        <li
          key={request.id}
          className="flex flex-wrap items-start justify-between gap-x-6 gap-y-3 border-line border-t px-5 py-4 first:border-t-0 sm:px-6"
        >
          <div className="min-w-0 grow basis-56">
            <p className="flex flex-wrap items-center gap-x-2.5 gap-y-1">
              <span className="font-medium">{kindWords[request.kind]}</span>
              <Badge tone={stateWords[request.state].tone} className="whitespace-normal!">
                {stateWords[request.state].label}
              </Badge>
            </p>
            <p className="mt-1 text-muted text-xs">
              Asked <Time at={request.receivedAt} show="date" />
              <When request={request} />
            </p>
            <RequestTold request={request} said={request.said} />
          </div>
          <RequestAct request={request} {...acts} />
          {request.code ? (
            <CodeForm
              requestId={request.id}
              what={kindWords[request.kind]}
              code={request.code}
              confirm={acts.confirm}
              renew={acts.renew}
            />
          ) : null}
        </li>
      ))}
    </ul>
  );
}

function When({ request }: { request: DataRequestView }) {
  if (isOpen(request)) {
    return (
      <>
        {" "}
        · due by <Time at={request.dueAt} show="date" />
      </>
    );
  }
  return request.finishedAt ? (
    <>
      {" "}
      · ended <Time at={request.finishedAt} show="date" />
    </>
  ) : null;
}

type RequestActProps = Pick<Acts, "withdraw" | "lift"> & { request: DataRequestView };

function RequestAct({ request, withdraw, lift }: RequestActProps) {
  const { id, kind, download, lifted } = request;
  if (canWithdraw(request)) {
    return (
      <OneButton
        action={withdraw}
        fields={{ requestId: id }}
        label="Withdraw"
        about={kindWords[kind]}
        size="sm"
      />
    );
  }
  if (request.state === "done" && kind === "restriction" && !lifted) {
    return <OneButton action={lift} label="Lift the restriction" size="sm" />;
  }
  if (request.state !== "done" || kind !== "export") {
    return null;
  }
  return download ? (
    <p className="flex flex-col items-end gap-1 text-muted text-xs">
      <a href={`/api/export/${id}`} download className={buttonClass("primary", "md")}>
        <Download aria-hidden />
        Download ({sizeText(download.bytes)})
      </a>
      <span>
        until <Time at={download.expiresAt} show="full" />
      </span>
    </p>
  ) : (
    <p className="text-muted text-sm">The download has expired.</p>
  );
}
