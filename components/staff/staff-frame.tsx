"use client";

import type { ReactNode } from "react";
import { StaffShell } from "@/components/shell/staff-shell";
import { Notice } from "@/components/ui/notice";
import type { Role } from "@/lib/auth/schema";
import { useConsole } from "./console";

type StaffFrameProps = {
  person: { name: string; role: Role };
  openRequests: number | null;
  signOut: () => Promise<unknown>;
  /** What the server knew to be wrong when it drew the page. */
  banner: ReactNode;
  children: ReactNode;
};

const roleNames: Record<Role, string> = { lead: "Support lead", admin: "Admin" };

/** The staff's frame with its live parts: how many wait, and whether the page still hears of changes. */
export function StaffFrame({ person, openRequests, signOut, banner, children }: StaffFrameProps) {
  const { counts, connection } = useConsole();
  return (
    <StaffShell
      person={{
        name: person.name,
        email: roleNames[person.role],
        role: person.role === "admin" ? "ADMIN" : "LEAD",
      }}
      counts={{
        inbox: counts.waiting,
        ...(openRequests === null ? {} : { requests: openRequests }),
      }}
      accountLinks={[{ href: "/account", label: "Your account" }]}
      signOut={signOut}
      banner={
        <>
          {banner}
          {connection === "lost" ? (
            <Notice tone="warning" shape="banner">
              The live connection is gone, so this page may be out of date. It comes back by itself.
            </Notice>
          ) : null}
        </>
      }
    >
      {children}
    </StaffShell>
  );
}
