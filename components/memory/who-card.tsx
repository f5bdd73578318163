import Link from "next/link";
import { Card } from "@/components/ui/card";

type WhoCardProps = { registered: boolean; name: string | null; email: string | null };

const link = "rounded-sm text-accent-ink underline decoration-accent-line underline-offset-4";

/** Whom we take the reader for, which is not learned from what they say. */
export function WhoCard({ registered, name, email }: WhoCardProps) {
  return (
    <Card title="Who you are">
      {registered ? (
        <>
          <dl className="grid grid-cols-[auto_1fr] gap-x-6 gap-y-1.5 text-sm">
            <dt className="text-muted">Name</dt>
            <dd className="min-w-0 break-words">{name ?? "not given"}</dd>
            <dt className="text-muted">E-mail</dt>
            <dd className="min-w-0 break-words">{email ?? "not given"}</dd>
          </dl>
          <p className="mt-3 text-muted text-sm">
            From your{" "}
            <Link href="/account" className={link}>
              account
            </Link>
            , not from what you said.
          </p>
        </>
      ) : (
        <p className="text-sm">
          A guest of this browser. We have no name and no e-mail of you, except what you wrote
          yourself, which is listed below.{" "}
          <Link href="/register?next=/memory" className={link}>
            Create an account
          </Link>{" "}
          to be known on other devices too.
        </p>
      )}
    </Card>
  );
}
