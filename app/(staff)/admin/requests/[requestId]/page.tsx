import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { staffPage } from "@/app/(staff)/gate";
import { AnswerLink } from "@/components/admin/answer-link";
import { ErasurePreviewCard } from "@/components/admin/erasure-preview";
import { ReceiptCard } from "@/components/admin/receipt-card";
import { RedactedCopy } from "@/components/admin/redacted-copy";
import { RequestDecide } from "@/components/admin/request-decide";
import { RequestMatches } from "@/components/admin/request-matches";
import { RequestNotes } from "@/components/admin/request-notes";
import { RequestProgress } from "@/components/admin/request-progress";
import { RequestRun } from "@/components/admin/request-run";
import { RequestStatement } from "@/components/admin/request-statement";
import { RequestSummary } from "@/components/admin/request-summary";
import { isMoving, isStartable, kindNames } from "@/components/admin/request-words";
import { Page } from "@/components/shell/page";
import { ActionForm } from "@/components/staff/action-form";
import { LookAgain } from "@/components/staff/look-again";
import { Breadcrumbs } from "@/components/ui/breadcrumbs";
import { ButtonLink } from "@/components/ui/button";
import { PageHeader } from "@/components/ui/page-header";
import { SubmitButton } from "@/components/ui/submit-button";
import { countOtherAdmins, listStaff, type StaffCaller } from "@/lib/auth";
import { dataMap } from "@/lib/data-map";
import { Id } from "@/lib/id";
import {
  findApproval,
  findReceipt,
  findRequest,
  findStatement,
  listAlike,
  listRequestNotes,
  previewErasure,
  writeLetter,
} from "@/lib/privacy";
import type { DataRequestView } from "@/lib/privacy/schema";
import {
  addNote,
  approve,
  askProof,
  confirmPerson,
  correct,
  decide,
  extend,
  liftFor,
  makeLink,
  refuse,
  run,
  stop,
} from "./actions";

export const metadata: Metadata = { title: "Request" };

export default staffPage(
  { role: "admin", path: "/admin/requests/[requestId]" },
  async (admin, { params }) => {
    const id = Id.safeParse(params["requestId"]).data;
    const request = id ? await findRequest(admin, id) : null;
    if (!request) {
      notFound();
    }
    const { kind } = request;
    return (
      <Page>
        <PageHeader
          above={
            <Breadcrumbs
              crumbs={[{ label: "Requests", href: "/admin/requests" }, { label: kindNames[kind] }]}
            />
          }
          title={kindNames[kind]}
        />
        <div className="flex flex-col gap-6">
          <RequestSummary request={request} />
          <Moving request={request} />
          <Said admin={admin} request={request} />
          <WouldGo request={request} />
          <Decisions admin={admin} request={request} waits={waitsForHours(request)} />
          <RedactedCopy request={request} />
          <Proof request={request} />
          <Answers request={request} />
          <Alike request={request} />
          {request.customerId ? <Notes requestId={request.id} /> : null}
        </div>
      </Page>
    );
  },
);

type OfRequest = { request: DataRequestView };

/** Nobody else could approve it: nothing moves until its hours are over. */
function waitsForHours({ state, runAfter }: DataRequestView): boolean {
  return state === "waiting" && runAfter !== null;
}

function Moving({ request }: OfRequest) {
  const { kind, state } = request;
  const moves = isMoving(state) && !waitsForHours(request);
  return (
    <>
      {moves ? <LookAgain everyMs={1500} /> : null}
      {kind === "erasure" && (moves || state === "failed") ? (
        <RequestProgress request={request} />
      ) : null}
    </>
  );
}

async function Said({ admin, request }: OfRequest & { admin: StaffCaller }) {
  const said = request.kind === "rectification" ? await findStatement(admin, request.id) : null;
  const open = request.state === "received" || request.state === "approved";
  return said ? (
    <RequestStatement requestId={request.id} said={said} correct={open ? correct : null} />
  ) : null;
}

async function WouldGo({ request: { kind, state, customerId } }: OfRequest) {
  return kind === "erasure" && customerId && isStartable(state, kind) ? (
    <ErasurePreviewCard preview={await previewErasure(customerId, dataMap)} />
  ) : null;
}

async function Proof({ request: { id, receiptId } }: OfRequest) {
  const receipt = receiptId ? await findReceipt(id) : null;
  return receipt ? <ReceiptCard requestId={id} receipt={receipt} /> : null;
}

function Answers({ request }: OfRequest) {
  const { id, kind, download } = request;
  return (
    <>
      {writeLetter(request) ? (
        <div>
          <ButtonLink href={`/admin/requests/${id}/letter`} target="_blank" prefetch={false}>
            Letter to print
          </ButtonLink>
        </div>
      ) : null}
      {kind === "export" && download ? <AnswerLink requestId={id} make={makeLink} /> : null}
    </>
  );
}

/** What somebody says is wrong is theirs alone, so a correction is not asked for another record. */
async function Alike({ request: { id, customerId, kind } }: OfRequest) {
  const joins = customerId !== null && kind !== "rectification";
  const alike = joins ? await listAlike({ id, customerId }) : [];
  return alike.length > 0 ? <RequestMatches requestId={id} alike={alike} decide={decide} /> : null;
}

type DecisionsProps = { admin: StaffCaller; request: DataRequestView; waits: boolean };

async function Decisions({ admin, request, waits }: DecisionsProps) {
  const { id: requestId, kind, state } = request;
  const startable = isStartable(state, kind);
  const approval = startable ? await findApproval(admin, requestId, countOtherAdmins) : "yes";
  const lifts = kind === "restriction" && state === "done" && !request.lifted;
  return (
    <>
      {startable ? (
        <div>
          <RequestRun request={request} approval={approval} approve={approve} run={run} />
        </div>
      ) : null}
      <RequestDecide request={request} acts={{ refuse, extend, askProof, confirmPerson }} />
      {waits ? (
        <ActionForm action={stop} fields={{ requestId }} done="Stopped. Nothing was erased.">
          <SubmitButton>Stop it</SubmitButton>
        </ActionForm>
      ) : null}
      {lifts && request.customerId ? (
        <ActionForm action={liftFor} fields={{ requestId }} done="Lifted. The customer is told.">
          <SubmitButton variant="secondary">Lift the restriction</SubmitButton>
        </ActionForm>
      ) : null}
    </>
  );
}

async function Notes({ requestId }: { requestId: string }) {
  const [notes, staff] = await Promise.all([listRequestNotes(requestId), listStaff()]);
  const names = new Map(staff.map(({ id, name }) => [id, name]));
  const shown = notes.map(({ authorId, ...note }) => ({
    ...note,
    author: names.get(authorId) ?? "A former colleague",
  }));
  return <RequestNotes requestId={requestId} notes={shown} addNote={addNote} />;
}
