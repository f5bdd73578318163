import type { Metadata } from "next";
import { redirect } from "next/navigation";
import type { ReactNode } from "react";
import { signOut } from "@/app/(auth)/actions";
import { goAway } from "@/app/(staff)/desk/actions";
import { ConsoleProvider } from "@/components/staff/console";
import { StaffFrame } from "@/components/staff/staff-frame";
import { findAccount, findCaller } from "@/lib/auth";
import { countInbox, isAway } from "@/lib/conversation";
import { processId } from "@/lib/process";

export const metadata: Metadata = { title: { default: "Desk", template: "%s · Recollect" } };

/** The frame of everything that staff see. Whether they may is decided again by each page (see gate.tsx). */
export default async function StaffLayout({ children }: { children: ReactNode }) {
  const caller = await findCaller();
  if (caller?.kind !== "staff") {
    // The page below sends them to sign in, with the way back to itself.
    return children;
  }
  const [account, counts, away] = await Promise.all([
    findAccount(),
    countInbox(caller),
    isAway(caller),
  ]);
  if (!account) {
    redirect("/sign-in");
  }
  return (
    <ConsoleProvider counts={counts}>
      {/* For operators: which process drew this page, as its start-up log and /api/ready name it. */}
      <meta name="recollect-process" content={processId()} />
      <StaffFrame
        person={{
          name: account.name ?? caller.name,
          email: account.email ?? "",
          role: caller.role,
        }}
        signOut={signOut}
        away={away}
        goAway={goAway}
      >
        {children}
      </StaffFrame>
    </ConsoleProvider>
  );
}
