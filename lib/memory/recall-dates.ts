import { once } from "@/lib/once";
import type { StemmedLanguage } from "@/lib/rank";

const TAGS: Record<StemmedLanguage, string> = {
  english: "en",
  german: "de",
  french: "fr",
  spanish: "es",
  italian: "it",
  portuguese: "pt",
  dutch: "nl",
  swedish: "sv",
};

/** A day as a question would name it: day, month and year, such as 8, "may", 2023. */
export function dateWords(createdAt: string, language: StemmedLanguage | null): string[] {
  const date = new Date(createdAt);
  const month = monthNames()[language ?? "english"][date.getUTCMonth()] ?? "";
  return [String(date.getUTCDate()), month, String(date.getUTCFullYear())];
}

function monthNames(): Record<StemmedLanguage, string[]> {
  return once("memory.recall_months", () => {
    const named = Object.entries(TAGS).map(([language, tag]) => {
      const format = new Intl.DateTimeFormat(tag, { month: "long", timeZone: "UTC" });
      const months = Array.from({ length: 12 }, (_, month) => new Date(Date.UTC(2026, month, 15)));
      return [language, months.map((each) => format.format(each).toLowerCase())];
    });
    return Object.fromEntries(named);
  });
}
