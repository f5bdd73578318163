"use client";

import { ErrorScreen } from "@/components/shell/error-screen";

type Props = { error: Error & { digest?: string }; reset: () => void };

export default function ErrorPage({ error, reset }: Props) {
  return <ErrorScreen code={error.digest ?? null} retry={reset} />;
}
