"use client";

import { Ellipsis } from "lucide-react";
import { useState } from "react";
import { refusalOf } from "@/components/staff/refusal-of";
import { ConfirmDialog } from "@/components/ui/confirm-dialog";
import { IconButton } from "@/components/ui/icon-button";
import { Menu, MenuItem } from "@/components/ui/menu";
import { useToast } from "@/components/ui/toast";
import type { Role, StaffMember } from "@/lib/auth/schema";
import type { Act } from "@/lib/result";
import { roleHints, roleNames } from "./role-names";

export type PersonActions = {
  setRole: Act<{ userId: string; role: Role }>;
  deactivate: Act<{ userId: string }, { released: number }>;
  reactivate: Act<{ userId: string }>;
};

type Question = "role" | "deactivate" | "reactivate";

/** What can be changed about a person; each change is asked about first and says why when it is refused. */
export function PersonMenu({ person, ...actions }: { person: StaffMember } & PersonActions) {
  const [asked, ask] = useState<Question | null>(null);
  const active = person.state === "active";
  const close = () => ask(null);
  return (
    <>
      <Menu
        trigger={
          <IconButton label={`Change ${person.name}`} size="sm" icon={<Ellipsis aria-hidden />} />
        }
      >
        {active ? (
          <>
            <MenuItem
              onSelect={() => ask("role")}
            >{`Make ${article(other(person.role))}`}</MenuItem>
            <MenuItem tone="danger" onSelect={() => ask("deactivate")}>
              Deactivate
            </MenuItem>
          </>
        ) : (
          <MenuItem onSelect={() => ask("reactivate")}>Reactivate</MenuItem>
        )}
      </Menu>
      <ChangeRole open={asked === "role"} close={close} person={person} run={actions.setRole} />
      <Deactivate
        open={asked === "deactivate"}
        close={close}
        person={person}
        run={actions.deactivate}
      />
      <Reactivate
        open={asked === "reactivate"}
        close={close}
        person={person}
        run={actions.reactivate}
      />
    </>
  );
}

type QuestionProps<Run> = { open: boolean; close: () => void; person: StaffMember; run: Run };

function ChangeRole({ open, close, person, run }: QuestionProps<PersonActions["setRole"]>) {
  const toast = useToast();
  const role = other(person.role);
  return (
    <ConfirmDialog
      open={open}
      onOpenChange={close}
      title={`Make ${person.name} ${article(role)}?`}
      description={`${roleHints[role]} The change holds from their next click on.`}
      confirmLabel={`Make ${article(role)}`}
      onConfirm={async () => {
        const result = await run({ userId: person.id, role });
        if (result.ok) {
          toast({ title: `${person.name} is now ${article(role)}`, tone: "success" });
        }
        return refusalOf(result);
      }}
    />
  );
}

function Deactivate({ open, close, person, run }: QuestionProps<PersonActions["deactivate"]>) {
  const toast = useToast();
  return (
    <ConfirmDialog
      open={open}
      onOpenChange={close}
      tone="danger"
      title={`Deactivate ${person.name}?`}
      description="Their next request is refused, their open pages stop, and the conversations they own return to the queue. You can reactivate them later."
      confirmLabel="Deactivate"
      onConfirm={async () => {
        const result = await run({ userId: person.id });
        if (result.ok) {
          toast({
            title: `${person.name} is deactivated`,
            description: releasedText(result.data.released),
            tone: "success",
          });
        }
        return refusalOf(result);
      }}
    />
  );
}

function Reactivate({ open, close, person, run }: QuestionProps<PersonActions["reactivate"]>) {
  const toast = useToast();
  return (
    <ConfirmDialog
      open={open}
      onOpenChange={close}
      title={`Reactivate ${person.name}?`}
      description={`They can sign in again with their old password, as ${article(person.role)}.`}
      confirmLabel="Reactivate"
      onConfirm={async () => {
        const result = await run({ userId: person.id });
        if (result.ok) {
          toast({ title: `${person.name} can sign in again`, tone: "success" });
        }
        return refusalOf(result);
      }}
    />
  );
}

function other(role: Role): Role {
  return role === "admin" ? "lead" : "admin";
}

function article(role: Role): string {
  return role === "admin" ? "an admin" : `a ${roleNames[role].toLowerCase()}`;
}

function releasedText(released: number): string {
  if (released === 0) {
    return "They owned no conversations.";
  }
  return released === 1
    ? "One conversation returned to the queue."
    : `${released} conversations returned to the queue.`;
}
