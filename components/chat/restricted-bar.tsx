"use client";

import { OneButton } from "@/components/privacy/one-button";
import { Notice } from "@/components/ui/notice";
import type { FormAct } from "@/lib/result";

/** The person has restricted what is kept of them: nothing is taken in or answered until they lift it. */
export function RestrictedBar({ lift }: { lift: FormAct }) {
  return (
    <Notice
      tone="warning"
      shape="banner"
      title="Your data is restricted"
      action={<OneButton action={lift} label="Lift the restriction" size="sm" />}
    >
      You can read what was said. Nothing new is taken in, and the assistant does not answer.
    </Notice>
  );
}
