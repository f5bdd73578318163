"use client";

import { useActionState } from "react";
import { refusalOf } from "@/components/staff/refusal-of";
import { Badge } from "@/components/ui/badge";
import { Button } from "@/components/ui/button";
import { Card } from "@/components/ui/card";
import { Checkbox } from "@/components/ui/choice";
import { ConfirmDialog } from "@/components/ui/confirm-dialog";
import { FieldError } from "@/components/ui/field";
import { Notice } from "@/components/ui/notice";
import { SubmitButton } from "@/components/ui/submit-button";
import { Time } from "@/components/ui/time";
import type { Act, FormAct } from "@/lib/result";
import { type ConnectorState, type ConnectorView, connectorFaults } from "@/lib/shop/schema";

type ConnectorCardProps = {
  connector: ConnectorView;
  actions: {
    test: FormAct<{ state: ConnectorState }>;
    choose: FormAct<void>;
    remove: Act<{ connectorId: string }, void>;
  };
};

/** One connected system: how it does, what it offers, and what of that the assistant may use. */
export function ConnectorCard({ connector, actions }: ConnectorCardProps) {
  const { id, name, address, hasSecret, callerArgument, state, testedAt } = connector;
  return (
    <Card
      title={
        <span className="flex items-center gap-2.5">
          {name} <State state={state} />
        </span>
      }
      description={<span className="break-all font-mono text-xs">{address}</span>}
      actions={
        <>
          <Test id={id} name={name} test={actions.test} />
          <Remove id={id} name={name} remove={actions.remove} />
        </>
      }
      footer={
        <>
          {hasSecret ? "Has a secret. " : "No secret. "}
          {callerArgument ? `The server fills in ${callerArgument}. ` : ""}
          {testedAt ? (
            <>
              Last asked <Time at={testedAt} />.
            </>
          ) : null}
        </>
      }
    >
      {state === "up" || state === "untested" ? null : (
        <Notice tone="warning" title={connectorFaults[state]} className="mb-4">
          The assistant says so to customers who need it, and offers a person.
        </Notice>
      )}
      <Tools connector={connector} choose={actions.choose} />
    </Card>
  );
}

function State({ state }: { state: ConnectorState }) {
  if (state === "up") {
    return <Badge tone="success">Answers</Badge>;
  }
  return state === "untested" ? (
    <Badge>Not asked yet</Badge>
  ) : (
    <Badge tone="warning">No answer</Badge>
  );
}

type TestProps = { id: string; name: string; test: ConnectorCardProps["actions"]["test"] };

function Test({ id, name, test }: TestProps) {
  const [result, submit] = useActionState(test, null);
  return (
    <form action={submit}>
      <input type="hidden" name="connectorId" value={id} />
      <SubmitButton variant="secondary" aria-label={`Test ${name}`}>
        Test
      </SubmitButton>
      {result && !result.ok ? <FieldError>{result.message}</FieldError> : null}
    </form>
  );
}

type RemoveProps = { id: string; name: string; remove: ConnectorCardProps["actions"]["remove"] };

function Remove({ id, name, remove }: RemoveProps) {
  return (
    <ConfirmDialog
      trigger={
        <Button variant="secondary" aria-label={`Remove ${name}`}>
          Remove
        </Button>
      }
      tone="danger"
      title={`Remove ${name}?`}
      description="The assistant cannot ask it any more, and its secret is destroyed. What customers have confirmed and was not begun goes to a person."
      confirmLabel="Remove"
      onConfirm={async () => refusalOf(await remove({ connectorId: id }))}
    />
  );
}

type ToolsProps = {
  connector: ConnectorView;
  choose: ConnectorCardProps["actions"]["choose"];
};

function Tools({ connector: { id, name, tools }, choose }: ToolsProps) {
  const [result, submit] = useActionState(choose, null);
  if (tools.length === 0) {
    return <p className="text-muted text-sm">It has told us of no tools.</p>;
  }
  return (
    <form action={submit} className="flex flex-col gap-5">
      <input type="hidden" name="connectorId" value={id} />
      <ul className="flex flex-col divide-y divide-line">
        {tools.map((tool) => (
          <li key={tool.name} className="flex flex-col gap-2.5 py-4 first:pt-0">
            <div>
              <p className="break-words font-medium font-mono text-sm">{tool.name}</p>
              <p className="max-w-prose text-muted text-sm">{tool.description}</p>
            </div>
            <div className="flex flex-wrap gap-x-8 gap-y-2">
              <Checkbox
                name={`allow.${tool.name}`}
                defaultChecked={tool.allowed}
                label="The assistant may use it"
                aria-label={`The assistant may use ${tool.name}`}
              />
              <Checkbox
                name={`effect.${tool.name}`}
                defaultChecked={tool.effect}
                label="It changes something: ask the customer first"
                aria-label={`${tool.name} changes something`}
              />
            </div>
          </li>
        ))}
      </ul>
      <div className="flex flex-wrap items-center gap-3">
        <SubmitButton aria-label={`Save what ${name} may do`}>Save</SubmitButton>
        {result?.ok ? (
          <span role="status" className="text-muted text-sm">
            Saved. It holds from the next answer on.
          </span>
        ) : null}
        {result && !result.ok ? <FieldError>{result.message}</FieldError> : null}
      </div>
    </form>
  );
}
