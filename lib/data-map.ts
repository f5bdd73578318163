import "server-only";
import { dataMapEntries } from "@/lib/privacy";
import type { DataMapEntry } from "@/lib/privacy/schema";

/**
 * Everything in which something of people may lie, for export, erasure, start-up and the admin's page. Rooms that keep
 * something of their own add their entries here.
 */
export const dataMap: readonly DataMapEntry[] = [...dataMapEntries];
