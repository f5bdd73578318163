"use client";

import { useConsole } from "@/components/staff/console";
import { NavTabs } from "@/components/ui/nav-tabs";
import type { InboxFilter } from "@/lib/conversation/schema";
import { inboxTabs } from "./inbox-filters";

/** The inbox's filters with counts that move as customers write. */
export function InboxTabs({ current }: { current: InboxFilter }) {
  const { counts } = useConsole();
  return <NavTabs label="Inbox filters" tabs={inboxTabs(counts, current)} />;
}
