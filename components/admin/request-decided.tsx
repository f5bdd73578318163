import Link from "next/link";
import { Notice } from "@/components/ui/notice";
import { Time } from "@/components/ui/time";
import { type DataRequestView, extensionReasons, refusalReasons } from "@/lib/privacy/schema";

/** What was decided about a request, each with its reason, and where it points to. */
export function RequestDecided({ request }: { request: DataRequestView }) {
  const { extended, refusalReason, duplicateOfId, joinedToId, lifted, answer, runAfter } = request;
  const waits = request.state === "waiting" && runAfter !== null;
  return (
    <div className="mt-5 flex flex-col gap-3 empty:hidden">
      {waits ? (
        <Notice tone="warning" title="It waits for 24 hours" quiet>
          Nobody else could approve it. It begins on <Time at={runAfter} show="full" />, unless a
          colleague stops it before.
        </Notice>
      ) : null}
      {extended ? (
        <Notice title="Extended by two months" quiet>
          {extensionReasons[extended.reason]}. The person was told on{" "}
          <Time at={extended.at} show="date" />.
        </Notice>
      ) : null}
      {refusalReason ? (
        <Notice title="Refused" quiet>
          {refusalReasons[refusalReason]}.
        </Notice>
      ) : null}
      {duplicateOfId ? (
        <Notice title="Said before" quiet>
          <RequestLink id={duplicateOfId}>The request that is answered</RequestLink>
        </Notice>
      ) : null}
      {joinedToId ? (
        <Notice title="Opened beside another" quiet>
          Another record of the same person.{" "}
          <RequestLink id={joinedToId}>The request that came first</RequestLink>
        </Notice>
      ) : null}
      {lifted ? (
        <Notice title="Lifted" quiet>
          <Time at={lifted.at} show="full" /> by {lifted.by === "staff" ? "staff" : "the customer"}.
        </Notice>
      ) : null}
      {answer === "nothing_held" ? (
        <Notice title="We hold nothing about this person" quiet>
          That is the answer, and nothing of them was kept here.
        </Notice>
      ) : null}
    </div>
  );
}

function RequestLink({ id, children }: { id: string; children: string }) {
  return (
    <Link
      href={`/admin/requests/${id}`}
      className="rounded-sm underline underline-offset-4 hover:no-underline"
    >
      {children}
    </Link>
  );
}
