"use client";

import type { ReactNode } from "react";
import { StaffShell } from "@/components/shell/staff-shell";
import { Notice } from "@/components/ui/notice";
import type { Role } from "@/lib/auth/schema";
import type { Act } from "@/lib/result";
import { useConsole } from "./console";
import { useHealth } from "./use-health";

type StaffFrameProps = {
  person: { name: string; email: string; role: Role };
  signOut: Act<Record<string, never>>;
  children: ReactNode;
};

/** The staff's frame with its live parts: how many wait, and what does not work at the moment. */
export function StaffFrame({ person, signOut, children }: StaffFrameProps) {
  const { counts } = useConsole();
  return (
    <StaffShell
      person={{ ...person, role: person.role === "admin" ? "ADMIN" : "LEAD" }}
      counts={{ inbox: counts.waiting }}
      accountLinks={[{ href: "/account", label: "Your account" }]}
      signOut={() => signOut({})}
      banner={<Banner />}
    >
      {children}
    </StaffShell>
  );
}

/** What staff should know about the machine below them, in the words of what it means for customers. */
function Banner() {
  const { connection } = useConsole();
  const health = useHealth();
  if (connection === "lost") {
    return (
      <Notice tone="warning" shape="banner">
        The live connection is gone, so this page may be out of date. It comes back by itself.
      </Notice>
    );
  }
  return health.redis ? null : (
    <Notice tone="warning" shape="banner">
      Redis does not answer. Chats go on from the database, slower, and answers appear whole instead
      of word by word. Tell whoever runs this installation.
    </Notice>
  );
}
