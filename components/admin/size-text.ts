const KILO = 1000;
const units = ["bytes", "kB", "MB", "GB"] as const;

/** "23.4 kB": a file's size for people. */
export function sizeText(bytes: number): string {
  const step = bytes < KILO ? 0 : Math.min(Math.floor(Math.log10(bytes) / 3), units.length - 1);
  const size = bytes / KILO ** step;
  return `${step === 0 ? size : size.toFixed(1)} ${units[step] ?? "bytes"}`;
}
