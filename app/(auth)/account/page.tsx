import type { Metadata } from "next";
import Link from "next/link";
import { redirect } from "next/navigation";
import { changePassword, endOtherSessions, signOut } from "@/app/(auth)/actions";
import { newPassword } from "@/app/(auth)/questions";
import { AuthForm } from "@/components/auth/auth-form";
import { PlainForm } from "@/components/auth/plain-form";
import { Card } from "@/components/ui/card";
import { findAccount, landing } from "@/lib/auth";

export const metadata: Metadata = { title: "Account" };

export default async function AccountPage() {
  const account = await findAccount();
  if (!account) {
    redirect("/sign-in?next=%2Faccount");
  }
  return (
    <div className="flex flex-col gap-5">
      <div>
        <h1 className="font-semibold text-xl">Account</h1>
        <p className="mt-1 text-muted text-sm">
          {account.name} · {account.email} ·{" "}
          <Link href={landing(account.caller)} className="text-accent-ink underline">
            Back
          </Link>
        </p>
      </div>
      {account.hasPassword ? (
        <Card title="Password" description="Changing it signs you out everywhere else.">
          <AuthForm
            action={changePassword}
            submit="Change password"
            done="Your password is changed."
            questions={[
              {
                name: "current",
                label: "Current password",
                type: "password",
                autoComplete: "current-password",
              },
              { name: "next", label: "New password", ...newPassword },
            ]}
          />
        </Card>
      ) : null}
      <Card title="Other devices" description="Ends every session of yours but this one, at once.">
        <PlainForm
          action={endOtherSessions}
          submit="Sign out everywhere else"
          done="Every other session is over."
        />
      </Card>
      <Card
        title="This device"
        description="Signing out removes drafts and everything else of yours that this browser keeps."
      >
        <PlainForm action={signOut} submit="Sign out and clear this device" />
      </Card>
    </div>
  );
}
