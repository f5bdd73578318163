import type { Metadata } from "next";
import Link from "next/link";
import { redirect } from "next/navigation";
import { register } from "@/app/(auth)/actions";
import { personQuestions } from "@/app/(auth)/questions";
import { AuthCard } from "@/components/auth/auth-card";
import { AuthForm } from "@/components/auth/auth-form";
import { findCaller, landing, safePath } from "@/lib/auth";

export const metadata: Metadata = { title: "Register" };

type Props = { searchParams: Promise<Record<string, string | string[] | undefined>> };

export default async function RegisterPage({ searchParams }: Props) {
  const query = await searchParams;
  const next = safePath(String(query["next"] ?? "")) ?? undefined;
  const caller = await findCaller();
  if (caller?.kind === "staff" || (caller?.kind === "customer" && caller.registered)) {
    redirect(landing(caller, next));
  }
  return (
    <AuthCard
      title="Register"
      lead={
        caller
          ? "What you wrote as a guest moves into your account."
          : "So that you find your conversations on every device."
      }
      below={
        <>
          Already registered?{" "}
          <Link
            href={next ? `/sign-in?next=${encodeURIComponent(next)}` : "/sign-in"}
            className="font-medium text-accent-ink underline underline-offset-4"
          >
            Sign in
          </Link>
        </>
      }
    >
      <AuthForm action={register} fields={{ next }} submit="Register" questions={personQuestions} />
    </AuthCard>
  );
}
