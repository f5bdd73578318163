import { ActionForm } from "@/components/staff/action-form";
import { SubmitButton } from "@/components/ui/submit-button";
import { Table } from "@/components/ui/table";
import { Time } from "@/components/ui/time";
import type { InviteView } from "@/lib/auth/schema";
import type { FormAct } from "@/lib/result";
import { roleNames } from "./role-names";

type InviteListProps = { invites: readonly InviteView[]; withdraw: FormAct };

/** Links that were given out and not used yet. */
export function InviteList({ invites, withdraw }: InviteListProps) {
  return (
    <section>
      <Table
        caption="Open invites"
        captionShown
        rows={invites}
        rowKey={({ id }) => id}
        columns={[
          {
            key: "role",
            header: "For",
            primary: true,
            cell: ({ role }) => `A new ${roleNames[role].toLowerCase()}`,
          },
          { key: "made", header: "Made", cell: ({ createdAt }) => <Time at={createdAt} /> },
          {
            key: "until",
            header: "Works until",
            cell: ({ expiresAt }) => <Time at={expiresAt} show="full" />,
          },
          {
            key: "withdraw",
            header: "Withdraw",
            headerHidden: true,
            align: "end",
            cell: ({ id }) => (
              <ActionForm
                action={withdraw}
                fields={{ inviteId: id }}
                done="The link is worthless now"
              >
                <SubmitButton variant="secondary" size="sm">
                  Withdraw
                </SubmitButton>
              </ActionForm>
            ),
          },
        ]}
      />
    </section>
  );
}
