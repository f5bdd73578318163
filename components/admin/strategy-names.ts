import type { MemoryStrategy } from "@/lib/memory/schema";

/** The strategies as those know them who run the shop. */
export const strategyNames: Record<MemoryStrategy, string> = {
  buffer: "Everything, word for word",
  buffer_window: "The newest turns",
  summary: "Summary only",
  summary_buffer: "Summary with a verbatim tail",
  kg: "Knowledge graph",
};
