import { type Line, log, report as reportError } from "@/lib/observability";
import { once } from "@/lib/once";
import { listBackends } from "./check-backends";
import { largestGrowths, measureHeap, measureSystemMemory } from "./machine";
import { getPerformanceStats } from "./metrics";
import { ports } from "./ports";
import { writeReport } from "./report-file";
import type { MemoryReport } from "./schema";

type Kept = { heap: Map<string, number>; newest: { at: string; text: string } | null };

function kept(): Kept {
  return once("memory.report", () => ({ heap: measureHeap(), newest: null }));
}

/** How the memory of this process stands; what the heap has grown is counted from the report before, or the start. */
export function makeReport(processId: string): MemoryReport {
  const held = kept();
  const heap = measureHeap();
  const heapGrowths = largestGrowths(held.heap, heap);
  held.heap = heap;
  return {
    at: new Date().toISOString(),
    processId,
    performance: getPerformanceStats(),
    manager: ports().process.stats(),
    backends: listBackends(),
    systemMemory: measureSystemMemory(),
    heapGrowths,
  };
}

/** Makes a report, keeps it for the panel, and writes it into the log and, as text and as JSON, into DATA_DIR/reports. */
export async function tellReport(processId: string): Promise<MemoryReport> {
  const made = makeReport(processId);
  const text = renderReport(made);
  kept().newest = { at: made.at, text };
  log.info(lineOf(made));
  try {
    await writeReport(processId, { text, json: `${JSON.stringify(made, null, 2)}\n` });
  } catch (error) {
    reportError(error, { where: "memory.report" });
  }
  return made;
}

/** The newest report of this process. */
export function newestReport(): Kept["newest"] {
  return kept().newest;
}

/** The same report to be read by a person. */
export function renderReport(made: MemoryReport): string {
  const { manager, systemMemory, performance } = made;
  const lines = [
    `Memory report of ${made.at}, process ${made.processId}`,
    "",
    ...operationLines(performance),
    `Hot conversations: ${manager.activeMemories} of ${manager.maxCapacity} (${percent(manager.utilization)}), ${manager.totalLocks} in use`,
    ...made.backends.map(
      ({ name, state, durationMs, reason }) =>
        `Store ${name}: ${state}${durationMs === null ? "" : `, ${durationMs.toFixed(1)} ms`}${reason ? `, ${reason}` : ""}`,
    ),
    `System memory: ${mb(systemMemory.usedBytes)} of ${mb(systemMemory.totalBytes)} in use, ${mb(systemMemory.availableBytes)} available`,
    made.heapGrowths.length > 0 ? "Largest heap growths:" : "The heap has not grown.",
    ...made.heapGrowths.map(
      ({ space, growthBytes, usedBytes }) => `  ${space} +${mb(growthBytes)}, now ${mb(usedBytes)}`,
    ),
  ];
  return `${lines.join("\n")}\n`;
}

// Flat, because a log masks long digits inside of text.
function lineOf({ performance, manager, systemMemory, heapGrowths }: MemoryReport): Line {
  const { memoryTypes: _, ...figures } = performance;
  const grown = heapGrowths.map(({ space, growthBytes }) => [`grown_${space}`, growthBytes]);
  return {
    event: "memory_report",
    ...figures,
    ...manager,
    ...systemMemory,
    ...Object.fromEntries(grown),
  };
}

function operationLines(stats: MemoryReport["performance"]): string[] {
  if (!("totalOperations" in stats)) {
    return ["Operations: none yet"];
  }
  const types = Object.entries(stats.memoryTypes).map(([type, count]) => `${type} ${count}`);
  return [
    `Operations: ${stats.totalOperations} (${types.join(", ")}), ${percent(stats.errorRate)} failed`,
    `Time: ${stats.avgProcessingTimeMs.toFixed(1)} ms on average, ${stats.maxProcessingTimeMs.toFixed(1)} ms at most`,
    `Tokens on average: ${stats.avgTokenCount.toFixed(0)}; cache hits ${percent(stats.cacheHitRate)}`,
  ];
}

function percent(share: number): string {
  return `${(share * 100).toFixed(1)} %`;
}

function mb(bytes: number): string {
  return `${(bytes / 1_048_576).toFixed(1)} MB`;
}
