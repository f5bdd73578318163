import type { Metadata } from "next";
import { staffPage } from "@/app/(staff)/gate";
import { ConsentEditor } from "@/components/admin/consent-editor";
import { ConsentVersions } from "@/components/admin/consent-versions";
import { Page } from "@/components/shell/page";
import { Notice } from "@/components/ui/notice";
import { PageHeader } from "@/components/ui/page-header";
import { listStaff } from "@/lib/auth";
import { consentDraft, currentConsentText, listConsentVersions } from "@/lib/customer";
import { publish } from "./actions";

export const metadata: Metadata = { title: "Consent" };

export default staffPage({ role: "admin", path: "/admin/consent" }, async () => {
  const [{ version, ...draft }, text, versions, staff] = await Promise.all([
    consentDraft(),
    currentConsentText(),
    listConsentVersions(),
    listStaff(),
  ]);
  const names = Object.fromEntries(staff.map(({ id, name }) => [id, name]));
  return (
    <Page width="wide">
      <PageHeader
        title="Consent"
        description="The words that every customer agrees to before their first message. Other words ask everybody again before their next one."
      />
      <div className="flex flex-col gap-10">
        {draft.controller && draft.contact ? null : (
          <Notice tone="warning" quiet title="Nobody is named who answers for the data">
            Customers must be told who is responsible and how they are reached (Art. 13 GDPR). Write
            it below.
          </Notice>
        )}
        <ConsentEditor key={version} draft={draft} text={text} publish={publish} />
        <ConsentVersions versions={versions} current={version} names={names} />
      </div>
    </Page>
  );
});
