import Form from "next/form";
import { Button, ButtonLink } from "@/components/ui/button";
import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import { Select } from "@/components/ui/select";
import type { StaffMember } from "@/lib/auth/schema";
import { AuditAction } from "@/lib/privacy/schema";
import { type AuditAsked, auditHref } from "./audit-query";
import { actionText } from "./audit-words";

type AuditFiltersProps = { asked: AuditAsked; staff: readonly StaffMember[] };

/** Narrows the log. Its answer is an address that can be kept and sent. */
export function AuditFilters({ asked, staff }: AuditFiltersProps) {
  const filtered = auditHref({ ...asked, before: undefined }) !== auditHref({});
  return (
    <search>
      <Form
        action="/admin/audit"
        aria-label="Filter the audit log"
        className="grid items-end gap-3 sm:grid-cols-2 lg:grid-cols-3 xl:grid-cols-[1.2fr_1fr_1.2fr_1fr_1fr_auto]"
      >
        <Field label="What">
          {(control) => (
            <Select
              {...control}
              key={asked.action ?? ""}
              name="action"
              defaultValue={asked.action ?? ""}
              options={[
                { value: "", label: "Everything" },
                ...AuditAction.options.map((action) => ({
                  value: action,
                  label: actionText(action),
                })),
              ]}
            />
          )}
        </Field>
        <Field label="Who">
          {(control) => (
            <Select
              {...control}
              key={asked.actor ?? ""}
              name="actor"
              defaultValue={asked.actor ?? ""}
              options={[
                { value: "", label: "Everybody" },
                { value: "customer", label: "Customers" },
                { value: "system", label: "Recollect" },
                { value: "unknown", label: "Somebody unknown" },
                ...staff.map(({ id, name }) => ({ value: id, label: name })),
              ]}
            />
          )}
        </Field>
        <Field label="Whose data (pseudonym)">
          {(control) => (
            <Input
              {...control}
              key={asked.anonymizedUser ?? ""}
              name="user"
              defaultValue={asked.anonymizedUser ?? ""}
              autoComplete="off"
              spellCheck={false}
              className="font-mono"
            />
          )}
        </Field>
        <Day name="from" label="From" day={asked.fromDay} />
        <Day name="until" label="Until" day={asked.untilDay} />
        <div className="flex flex-wrap gap-2">
          <Button type="submit">Filter</Button>
          {filtered ? (
            <ButtonLink href="/admin/audit" variant="quiet">
              Show all
            </ButtonLink>
          ) : null}
        </div>
      </Form>
    </search>
  );
}

type DayProps = { name: string; label: string; day: string | undefined };

function Day({ name, label, day = "" }: DayProps) {
  return (
    <Field label={label}>
      {(control) => <Input {...control} key={day} type="date" name={name} defaultValue={day} />}
    </Field>
  );
}
