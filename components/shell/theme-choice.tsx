"use client";

import { useSyncExternalStore } from "react";
import { MenuChoices } from "@/components/ui/menu";
import { parseTheme, THEME_COOKIE, type Theme } from "./theme";

const options = [
  { value: "system", label: "As the system" },
  { value: "light", label: "Light" },
  { value: "dark", label: "Dark" },
] as const satisfies readonly { value: Theme; label: string }[];

const YEAR_SECONDS = 31_536_000;
const changed = new EventTarget();

/** Chooses light or dark, inside a Menu. Kept in a cookie, so that the next page is painted right at once. */
export function ThemeChoice() {
  const theme = useSyncExternalStore(subscribe, currentTheme, () => "system" as const);
  return <MenuChoices label="Appearance" value={theme} options={options} onChange={setTheme} />;
}

function subscribe(notify: () => void): () => void {
  changed.addEventListener("theme", notify);
  return () => changed.removeEventListener("theme", notify);
}

function currentTheme(): Theme {
  return parseTheme(document.documentElement.dataset["theme"]);
}

function setTheme(theme: Theme): void {
  const root = document.documentElement;
  const keep = theme === "system" ? 0 : YEAR_SECONDS;
  // biome-ignore lint/suspicious/noDocumentCookie: the Cookie Store API is not in every browser yet.
  document.cookie = `${THEME_COOKIE}=${theme}; path=/; max-age=${keep}; samesite=lax`;
  if (theme === "system") {
    delete root.dataset["theme"];
  } else {
    root.dataset["theme"] = theme;
  }
  changed.dispatchEvent(new Event("theme"));
}
