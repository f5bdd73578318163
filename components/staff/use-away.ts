"use client";

import { useState } from "react";
import { useToast } from "@/components/ui/toast";
import type { Act } from "@/lib/result";

const OUT_OF_REACH = "This did not reach us. Check your connection, then try again.";

/** Whether one is away: shown as chosen at once, and taken back when it was not heard. */
export function useAway(
  atFirst: boolean,
  goAway: Act<{ away: boolean }>,
): { away: boolean; onAway: (away: boolean) => void } {
  const [away, setAway] = useState(atFirst);
  const toast = useToast();
  const change = async (next: boolean) => {
    setAway(next);
    const result = await goAway({ away: next }).catch(() => null);
    if (!result?.ok) {
      setAway(!next);
      toast({ title: result?.message ?? OUT_OF_REACH, tone: "danger" });
    }
  };
  return { away, onAway: (next) => void change(next) };
}
