import type { Tx } from "@/lib/storage/schema";
import { keyOf } from "./keys";
import { asRedacted, redact, redactAs } from "./redact";
import type { Asker } from "./request";
import { restoreAll } from "./restore";
import type { PlaceholderKind, SubjectKey } from "./schema";
import { Statement, type StatementField } from "./schema-request-flow";
import { openJson, sealJson } from "./seal";
import { findForDecision, findPersonOf } from "./store-request-flow";

const KINDS: Partial<Record<StatementField, PlaceholderKind>> = {
  name: "PERSON",
  email: "EMAIL",
  address: "ADDRESS",
};

function place(requestId: string) {
  return { table: "DataRequest", row: requestId, column: "statement_sealed" };
}

/** Redacts what somebody says is wrong and right, and seals it under their key. */
export async function sealStatement(
  owner: { id: string; keyEpoch: number },
  requestId: string,
  { field, before, after }: Statement,
  tx: Tx,
): Promise<Uint8Array<ArrayBuffer>> {
  const key = await keyOf(owner, tx);
  const hide = (text: string) => {
    const kind = KINDS[field];
    return text && kind ? redactAs(key, kind, text, tx) : redact(key, text, tx);
  };
  const hidden = { field, before: await hide(before), after: await hide(after) };
  return sealJson(key, place(requestId), hidden);
}

/** What somebody said is wrong: their own words for them, placeholders for staff. Null where there is none (any more). */
export async function findStatement(asker: Asker, requestId: string): Promise<Statement | null> {
  const found = await openStatement(requestId, asker.kind === "customer" ? asker.id : undefined);
  if (!found) {
    return null;
  }
  return asker.kind === "customer"
    ? await restoreStatement(found.key, found.statement)
    : found.statement;
}

/** The same in clear, for whoever puts it right. */
export async function restoreStatement(key: SubjectKey, said: Statement): Promise<Statement> {
  const [before = "", after = ""] = await restoreAll(
    key,
    [said.before, said.after].map((text) => asRedacted(text)),
  );
  return { ...said, before, after };
}

/** Opens it in the placeholder form. */
export async function openStatement(
  requestId: string,
  customerId?: string,
): Promise<{ key: SubjectKey; statement: Statement } | null> {
  const request = await findForDecision(requestId);
  const foreign = customerId !== undefined && request?.customerId !== customerId;
  const owner = request?.customerId && !foreign ? await findPersonOf(request.customerId) : null;
  if (!(owner && request?.statementSealed)) {
    return null;
  }
  const key = await keyOf(owner);
  return { key, statement: openJson(key, place(requestId), Statement, request.statementSealed) };
}
