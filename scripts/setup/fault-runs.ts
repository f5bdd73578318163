/** How often a test of faults is played: its usual number, times FAULT_TIMES, which `npm run soak -- faults` sets. */
export function faultRuns(usual: number): number {
  return Math.ceil(usual * Number(process.env["FAULT_TIMES"] ?? 1));
}
