import { Badge } from "@/components/ui/badge";
import { Table } from "@/components/ui/table";
import { Time } from "@/components/ui/time";
import type { StaffMember } from "@/lib/auth/schema";
import { type PersonActions, PersonMenu } from "./person-menu";
import { roleNames } from "./role-names";

type PeopleTableProps = { people: readonly StaffMember[]; ownId: string; actions: PersonActions };

/** Everybody who works or worked here, and what an admin can change about them. */
export function PeopleTable({ people, ownId, actions }: PeopleTableProps) {
  return (
    <Table
      caption="Staff"
      rows={people}
      rowKey={({ id }) => id}
      columns={[
        {
          key: "name",
          header: "Name",
          primary: true,
          cell: (person) => (
            <span className="flex flex-col">
              <span>
                {person.name}
                {person.id === ownId ? <span className="text-muted"> (you)</span> : null}
              </span>
              <span className="break-all font-normal text-muted text-xs">{person.email}</span>
            </span>
          ),
        },
        { key: "role", header: "Role", cell: ({ role }) => roleNames[role] },
        {
          key: "state",
          header: "State",
          cell: ({ state }) =>
            state === "active" ? <Badge tone="success">Active</Badge> : <Badge>Deactivated</Badge>,
        },
        {
          key: "seen",
          header: "Last seen",
          cell: ({ lastSeenAt }) => (lastSeenAt ? <Time at={lastSeenAt} /> : "Never"),
        },
        {
          key: "change",
          header: "Change",
          headerHidden: true,
          align: "end",
          cell: (person) => <PersonMenu person={person} {...actions} />,
        },
      ]}
    />
  );
}
