import Link from "next/link";
import type { ReactNode } from "react";
import { Count } from "./badge";
import { tabClass, tabListClass } from "./tab-style";

export type NavTab = { href: string; label: ReactNode; count?: number; current: boolean };

/** Views of one thing that each have an address. A count is shown when it is given, and never guessed. */
export function NavTabs({ label, tabs }: { label: string; tabs: readonly NavTab[] }) {
  return (
    <nav aria-label={label}>
      <ul className={tabListClass}>
        {tabs.map((tab) => (
          <li key={tab.href} className="flex shrink-0">
            <Link
              href={tab.href}
              className={tabClass}
              aria-current={tab.current ? "page" : undefined}
            >
              {tab.label}
              {tab.count === undefined ? null : <Count value={tab.count} />}
            </Link>
          </li>
        ))}
      </ul>
    </nav>
  );
}
