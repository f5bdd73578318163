import type { Metadata } from "next";
import { staffPage } from "@/app/(staff)/gate";
import { PrintButton } from "@/components/admin/print-button";
import { ProcessingRecordView } from "@/components/admin/processing-record";
import { Page } from "@/components/shell/page";
import { buttonClass } from "@/components/ui/button";
import { PageHeader } from "@/components/ui/page-header";
import { controllerHere } from "@/lib/controller";
import { dataMap } from "@/lib/data-map";
import { recordOfProcessing } from "@/lib/privacy";

export const metadata: Metadata = { title: "Record of processing" };

export default staffPage({ role: "admin", path: "/admin/record" }, async () => {
  const record = recordOfProcessing(dataMap, await controllerHere());
  return (
    <Page width="wide">
      <PageHeader
        title="Record of processing"
        description="Which personal data is processed here, why, for whom and for how long (Art. 30 GDPR). It is made from the data map that exports and erasures go by."
        actions={
          <div className="flex flex-wrap gap-2 print:hidden">
            <PrintButton />
            <a className={buttonClass()} href="/admin/record/download?as=csv" download>
              Download CSV
            </a>
            <a className={buttonClass()} href="/admin/record/download?as=json" download>
              Download JSON
            </a>
          </div>
        }
      />
      <ProcessingRecordView record={record} />
    </Page>
  );
});
