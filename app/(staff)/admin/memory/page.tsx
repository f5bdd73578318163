import type { Metadata } from "next";
import { choose } from "@/app/(staff)/admin/memory/actions";
import { staffPage } from "@/app/(staff)/gate";
import { MemoryPanelView } from "@/components/admin/memory-panel";
import { Page } from "@/components/shell/page";
import { PageHeader } from "@/components/ui/page-header";
import { memoryPanel } from "@/lib/memory";

export const metadata: Metadata = { title: "Memory" };

export default staffPage({ role: "admin", path: "/admin/memory" }, async () => {
  const panel = await memoryPanel();
  return (
    <Page width="wide">
      <PageHeader
        title="Memory"
        description="What the AI is shown of the past, and what that costs. Measured, never estimated."
      />
      <MemoryPanelView panel={panel} choose={choose} />
    </Page>
  );
});
