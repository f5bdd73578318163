import type { Metadata } from "next";
import { AuthCard } from "@/components/auth/auth-card";
import { ButtonLink } from "@/components/ui/button";
import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import { SubmitButton } from "@/components/ui/submit-button";
import { isAnswerOpen } from "@/lib/privacy";

export const metadata: Metadata = {
  title: "Your answer",
  robots: { index: false },
  // The address of this page opens somebody's data, with a code.
  referrer: "no-referrer",
};

type Props = {
  params: Promise<{ token: string }>;
  searchParams: Promise<{ wrong?: string }>;
};

/** Where somebody without an account gets the copy of their data: a link that they have, and a code that they were told. */
export default async function AnswerPage({ params, searchParams }: Props) {
  const { token } = await params;
  if (!(await isAnswerOpen(token))) {
    return (
      <AuthCard
        title="This link does not work any more"
        lead="It was used already, or it has expired. Ask whoever sent it for a new one."
      >
        <ButtonLink href="/">To the start page</ButtonLink>
      </AuthCard>
    );
  }
  const { wrong } = await searchParams;
  return (
    <AuthCard
      title="The copy of your data"
      lead="Type the code that you were given apart from this link. Both together work once."
    >
      {/* A plain form: its answer is the file, which no script could hand on. */}
      <form method="post" action={`/api/answer/${token}`} className="flex flex-col gap-4">
        <Field
          label="Code"
          error={wrong ? "That is not the code. After five wrong ones the link ends." : undefined}
        >
          {(control) => (
            <Input
              {...control}
              name="code"
              inputMode="numeric"
              autoComplete="one-time-code"
              maxLength={20}
              required
            />
          )}
        </Field>
        <SubmitButton size="lg" className="mt-1 w-full">
          Download
        </SubmitButton>
      </form>
    </AuthCard>
  );
}
