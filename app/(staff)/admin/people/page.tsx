import type { Metadata } from "next";
import { staffPage } from "@/app/(staff)/gate";
import { InviteCard } from "@/components/admin/invite-card";
import { InviteList } from "@/components/admin/invite-list";
import { PeopleTable } from "@/components/admin/people-table";
import { Page } from "@/components/shell/page";
import { PageHeader } from "@/components/ui/page-header";
import { listInvites, listStaff } from "@/lib/auth";
import { deactivate, invite, reactivate, setRole, withdraw } from "./actions";

export const metadata: Metadata = { title: "People" };

export default staffPage({ role: "admin", path: "/admin/people" }, async (admin) => {
  const [people, invites] = await Promise.all([listStaff(), listInvites()]);
  const open = invites.filter(({ state }) => state === "open");
  return (
    <Page width="wide">
      <PageHeader
        title="People"
        description="Everybody who works here. A change holds from their next click on."
      />
      <div className="flex flex-col gap-10">
        <PeopleTable
          people={people}
          ownId={admin.id}
          actions={{ setRole, deactivate, reactivate }}
        />
        <InviteCard invite={invite} />
        {open.length > 0 ? <InviteList invites={open} withdraw={withdraw} /> : null}
      </div>
    </Page>
  );
});
