"use client";

import type { ReactNode } from "react";
import { StaffShell } from "@/components/shell/staff-shell";
import { Notice } from "@/components/ui/notice";
import type { Role } from "@/lib/auth/schema";
import type { Act } from "@/lib/result";
import { useConsole } from "./console";
import { healthSentences } from "./health-words";
import { Station } from "./station";
import { useAway } from "./use-away";
import { useHealth } from "./use-health";

type StaffFrameProps = {
  person: { name: string; email: string; role: Role };
  signOut: Act<Record<string, never>>;
  away: boolean;
  goAway: Act<{ away: boolean }>;
  children: ReactNode;
};

/** The staff's frame with its live parts: how many wait, and what does not work at the moment. */
export function StaffFrame({ person, signOut, away, goAway, children }: StaffFrameProps) {
  const here = useAway(away, goAway);
  const { counts } = useConsole();
  return (
    <StaffShell
      person={{ ...person, role: person.role === "admin" ? "ADMIN" : "LEAD" }}
      counts={{ inbox: counts.waiting }}
      accountLinks={[{ href: "/account", label: "Your account" }]}
      signOut={() => signOut({})}
      banner={<Banner />}
      station={<Station {...here} />}
    >
      {children}
    </StaffShell>
  );
}

/** What does not work at the moment, and whether the AI is silent. */
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
  if (connection === "ended") {
    return (
      <Notice tone="warning" shape="banner">
        Your session has ended, so nothing new arrives here.{" "}
        <a href="/sign-in" className="font-medium underline underline-offset-4">
          Sign in
        </a>
      </Notice>
    );
  }
  return (
    <>
      {health.answersOn ? null : (
        <Notice tone="info" shape="banner">
          AI answers are switched off. Every message waits in the inbox for a person.
        </Notice>
      )}
      {healthSentences(health.down).map((sentence) => (
        <Notice key={sentence} tone="warning" shape="banner">
          {sentence}
        </Notice>
      ))}
    </>
  );
}
