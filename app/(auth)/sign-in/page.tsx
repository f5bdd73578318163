import type { Metadata } from "next";
import Link from "next/link";
import { redirect } from "next/navigation";
import { signIn, signInWithProvider } from "@/app/(auth)/actions";
import { AuthCard } from "@/components/auth/auth-card";
import { AuthForm } from "@/components/auth/auth-form";
import { ProviderButton } from "@/components/auth/provider-button";
import { Notice } from "@/components/ui/notice";
import { findCaller, hasProvider, landing, providerName, safePath } from "@/lib/auth";

export const metadata: Metadata = { title: "Sign in" };

type Props = { searchParams: Promise<Record<string, string | string[] | undefined>> };

export default async function SignInPage({ searchParams }: Props) {
  const query = await searchParams;
  const next = safePath(String(query["next"] ?? "")) ?? undefined;
  const caller = await findCaller();
  if (caller?.kind === "staff" || (caller?.kind === "customer" && caller.registered)) {
    redirect(landing(caller, next));
  }
  return (
    <AuthCard
      title="Sign in"
      lead="Customers and staff sign in here."
      below={
        <>
          New here?{" "}
          <Link
            href={next ? `/register?next=${encodeURIComponent(next)}` : "/register"}
            className="font-medium text-accent-ink underline underline-offset-4"
          >
            Register
          </Link>
        </>
      }
    >
      {query["error"] ? (
        <Notice tone="danger" className="mb-4">
          Signing in did not work. Please try again, or use your e-mail and password.
        </Notice>
      ) : null}
      {caller ? (
        <Notice quiet className="mb-4">
          What you wrote here as a guest stays with this browser and does not move into an account
          that you sign in to. To keep it, register instead.
        </Notice>
      ) : null}
      <AuthForm
        action={signIn}
        fields={{ next }}
        submit="Sign in"
        questions={[
          { name: "email", label: "E-mail", type: "email", autoComplete: "username" },
          {
            name: "password",
            label: "Password",
            type: "password",
            autoComplete: "current-password",
          },
        ]}
      />
      {hasProvider() ? (
        <ProviderButton action={signInWithProvider} name={providerName()} next={next} />
      ) : null}
    </AuthCard>
  );
}
