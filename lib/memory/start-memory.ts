import { startHearing } from "./forget";
import { type MemoryRules, replaceMemoryRules } from "./rules";
import { startUpkeep } from "./upkeep";

/**
 * Once at start-up: puts an operator's rules in force, lets this process hear what others forget, and begins to look
 * after the stores. `processId` names its reports.
 */
export function startMemory(processId: string, rules: Partial<MemoryRules> = {}): void {
  replaceMemoryRules(rules);
  startHearing();
  startUpkeep(processId);
}
