import { Time } from "@/components/ui/time";
import {
  type DataRequestView,
  extensionReasons,
  refusalReasons,
  type Statement,
} from "@/lib/privacy/schema";
import { statementFields } from "./request-words";

/** What was decided about a request, and what was asked, in words for the person. */
export function RequestTold({
  request,
  said,
}: {
  request: DataRequestView;
  said: Statement | null;
}) {
  const { extended, refusalReason, lifted, kind, state, duplicateOfId } = request;
  const lines = [
    said ? (
      <>
        {statementFields[said.field]}: {said.before ? `“${said.before}” → ` : ""}“{said.after}”
      </>
    ) : null,
    extended ? (
      <>
        We need two further months. {extensionReasons[extended.reason]}. Told on{" "}
        <Time at={extended.at} show="date" />.
      </>
    ) : null,
    refusalReason ? (
      <>
        {refusalReasons[refusalReason]}. You can complain to a data protection authority, and go to
        court.
      </>
    ) : null,
    duplicateOfId ? <>It says again what you had asked for; that request is answered.</> : null,
    kind === "objection" && state === "done" ? (
      <>Nothing is remembered since. The memory page switches it on again.</>
    ) : null,
    lifted ? (
      <>
        Lifted on <Time at={lifted.at} show="full" />{" "}
        {lifted.by === "staff" ? "by our team: your data is used again." : "by you."}
      </>
    ) : null,
  ].filter((line) => line !== null);
  return lines.map((line, at) => (
    // biome-ignore lint/suspicious/noArrayIndexKey: a list that is drawn once, as it is.
    <p key={at} className="mt-1 max-w-prose text-sm">
      {line}
    </p>
  ));
}
