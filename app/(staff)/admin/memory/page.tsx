import type { Metadata } from "next";
import { choose } from "@/app/(staff)/admin/memory/actions";
import { clearMemory } from "@/app/(staff)/desk/actions";
import { staffPage } from "@/app/(staff)/gate";
import { type Asked, ClearMemory } from "@/components/admin/clear-memory";
import { MemoryPanelView } from "@/components/admin/memory-panel";
import { Page } from "@/components/shell/page";
import { PageHeader } from "@/components/ui/page-header";
import { previewClearing } from "@/lib/agent";
import type { StaffCaller } from "@/lib/auth";
import { Id } from "@/lib/id";
import { memoryPanel } from "@/lib/memory";

export const metadata: Metadata = { title: "Memory" };

export default staffPage({ role: "admin", path: "/admin/memory" }, async (admin, { query }) => {
  const panel = await memoryPanel();
  return (
    <Page width="wide">
      <PageHeader
        title="Memory"
        description="What the AI is shown of the past, and what that costs. Measured, never estimated."
      />
      <MemoryPanelView
        panel={panel}
        choose={choose}
        clearing={<ClearMemory asked={await look(admin, query["clear"])} clear={clearMemory} />}
      />
    </Page>
  );
});

async function look(admin: StaffCaller, given: string | undefined): Promise<Asked | null> {
  const conversationId = given?.trim();
  if (!conversationId) {
    return null;
  }
  const id = Id.safeParse(conversationId).data;
  return { conversationId, parts: id ? await previewClearing(admin, id) : null };
}
