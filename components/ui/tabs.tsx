"use client";

import { Tabs as Radix } from "radix-ui";
import type { ReactNode } from "react";
import { tabClass, tabListClass } from "./tab-style";

export type Tab = { value: string; label: ReactNode; content: ReactNode };

type TabsProps = {
  label: string;
  tabs: readonly Tab[];
  defaultValue?: string;
  onValueChange?: (value: string) => void;
};

/** Several views of one thing, on one page. For views with an address of their own, use NavTabs. */
export function Tabs({ label, tabs, defaultValue, onValueChange }: TabsProps) {
  const first = defaultValue ?? tabs[0]?.value ?? "";
  return (
    <Radix.Root defaultValue={first} {...(onValueChange ? { onValueChange } : {})}>
      <Radix.List aria-label={label} className={tabListClass}>
        {tabs.map((tab) => (
          <Radix.Trigger key={tab.value} value={tab.value} className={tabClass}>
            {tab.label}
          </Radix.Trigger>
        ))}
      </Radix.List>
      {tabs.map((tab) => (
        <Radix.Content key={tab.value} value={tab.value} className="pt-5">
          {tab.content}
        </Radix.Content>
      ))}
    </Radix.Root>
  );
}
