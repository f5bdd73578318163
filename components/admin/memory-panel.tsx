import { Brain } from "lucide-react";
import type { ReactNode } from "react";
import { Card } from "@/components/ui/card";
import { EmptyState } from "@/components/ui/empty-state";
import { Stat, Stats } from "@/components/ui/stat";
import type { MemoryPanel, PerformanceStats } from "@/lib/memory/schema";
import type { FormAct } from "@/lib/result";
import { FoldingChart, OperationCharts } from "./memory-charts";
import { MemoryDefaults } from "./memory-defaults";
import { MemoryOperations } from "./memory-operations";
import { MemoryReportText } from "./memory-report";
import { MemoryStores } from "./memory-stores";
import { strategyNames } from "./strategy-names";
import { StrategyOverrides } from "./strategy-overrides";

type MemoryPanelViewProps = {
  panel: MemoryPanel;
  choose: FormAct;
  /** The form that clears one conversation's memory. */
  clearing: ReactNode;
};

/** The memory in figures: what was stored and folded ever, and how this process's operations went since it started. */
export function MemoryPanelView({ panel, choose, clearing }: MemoryPanelViewProps) {
  return (
    <div className="flex flex-col gap-8">
      <Stats>
        <Stat label="Strategy in use" value={strategyNames[panel.strategy]} />
        <Stat label="Conversations remembered" value={count(panel.conversations)} />
        <Stat
          label="With a summary"
          value={count(panel.folding.withSummary)}
          hint="The others still fit as they were said."
        />
      </Stats>
      <Folding folding={panel.folding} days={panel.foldedDays} />
      <section aria-labelledby="operations" className="flex flex-col gap-4">
        <div>
          <h2 id="operations" className="text-base">
            Operations
          </h2>
          <p className="text-muted text-sm">
            Of this process since it started, at most the last 1,000. Failed ones are left out of
            the times.
          </p>
        </div>
        <Performance stats={panel.performance} />
        {panel.spans.length > 0 ? <OperationCharts spans={panel.spans} /> : null}
        {panel.recent.length > 0 ? <MemoryOperations recent={panel.recent} /> : null}
        {panel.report ? <MemoryReportText report={panel.report} /> : null}
      </section>
      <MemoryStores store={panel.store} hot={panel.hot} backends={panel.backends} />
      <StrategyOverrides usual={panel.strategy} overrides={panel.overrides} choose={choose} />
      {clearing}
      <MemoryDefaults defaults={panel.defaults} />
    </div>
  );
}

type FoldingProps = { folding: MemoryPanel["folding"]; days: MemoryPanel["foldedDays"] };

function Folding({ folding, days }: FoldingProps) {
  if (folding.folds === 0 && folding.foldsFailed === 0) {
    return (
      <Card title="Folding">
        <p className="text-muted text-sm">
          Nothing was folded yet. Once a conversation passes the token limit below, its older turns
          are folded into a summary, and the savings stand here.
        </p>
      </Card>
    );
  }
  const { tokensBefore, tokensAfter } = folding;
  return (
    <section aria-labelledby="folding" className="flex flex-col gap-4">
      <h2 id="folding" className="text-base">
        Folding
      </h2>
      <Stats>
        <Stat
          label="Folds"
          value={count(folding.folds)}
          hint={`${count(folding.foldsFailed)} failed and changed nothing`}
        />
        <Stat label="Messages folded" value={count(folding.messagesFolded)} />
        <Stat label="Tokens before" value={count(tokensBefore)} />
        <Stat
          label="Tokens after"
          value={count(tokensAfter)}
          {...(tokensBefore > 0
            ? { hint: `${Math.round((1 - tokensAfter / tokensBefore) * 100)} % saved` }
            : {})}
        />
      </Stats>
      {days.length > 0 ? <FoldingChart days={days} /> : null}
    </section>
  );
}

function Performance({ stats }: { stats: PerformanceStats }) {
  if (!isMeasured(stats)) {
    return (
      <div className="rounded-lg border border-line bg-surface">
        <EmptyState icon={<Brain />} heading="h3" title="Nothing measured yet">
          Figures appear with the first answer that this process gives. Ask something in the chat.
        </EmptyState>
      </div>
    );
  }
  return (
    <Stats>
      <Stat label="Operations" value={count(stats.totalOperations)} />
      <Stat
        label="Time per operation"
        value={stats.avgProcessingTimeMs.toFixed(1)}
        unit="ms"
        hint={`Longest ${stats.maxProcessingTimeMs.toFixed(1)} ms`}
      />
      <Stat label="Tokens shown, on average" value={Math.round(stats.avgTokenCount)} />
      <Stat label="Cache hits" value={percent(stats.cacheHitRate)} />
      <Stat label="Errors" value={percent(stats.errorRate)} />
    </Stats>
  );
}

type Measured = Exclude<PerformanceStats, Record<string, never>>;

function isMeasured(stats: PerformanceStats): stats is Measured {
  return "totalOperations" in stats;
}

function count(value: number): string {
  return value.toLocaleString("en");
}

function percent(share: number): string {
  return `${(share * 100).toFixed(1)} %`;
}
