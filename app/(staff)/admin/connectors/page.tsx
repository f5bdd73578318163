import { Plug } from "lucide-react";
import type { Metadata } from "next";
import { staffPage } from "@/app/(staff)/gate";
import { ConnectorAdd } from "@/components/admin/connector-add";
import { ConnectorCard } from "@/components/admin/connector-card";
import { Page } from "@/components/shell/page";
import { EmptyState } from "@/components/ui/empty-state";
import { PageHeader } from "@/components/ui/page-header";
import { connectorKinds, listConnectors } from "@/lib/shop";
import { add, choose, remove, test } from "./actions";

export const metadata: Metadata = { title: "Connectors" };

export default staffPage({ role: "admin", path: "/admin/connectors" }, async () => {
  const connectors = await listConnectors();
  return (
    <Page width="wide">
      <PageHeader
        title="Connectors"
        description="Systems of yours that the assistant may ask, through the Model Context Protocol. It looks things up at once; whatever changes something is shown to the customer first, who has to confirm it."
      />
      <div className="flex flex-col gap-8">
        {connectors.map((connector) => (
          <ConnectorCard
            key={connector.id}
            connector={connector}
            actions={{ choose, remove, test }}
          />
        ))}
        {connectors.length === 0 ? (
          <EmptyState icon={<Plug />} title="Nothing is connected yet">
            The built-in shop answers about orders and products. Connect a system below to let the
            assistant ask it too.
          </EmptyState>
        ) : null}
        <ConnectorAdd kinds={connectorKinds()} add={add} />
      </div>
    </Page>
  );
});
