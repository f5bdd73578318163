"use client";

import "./globals.css";
import { ErrorScreen } from "@/components/shell/error-screen";

type Props = { error: Error & { digest?: string }; reset: () => void };

/** Stands in for the whole document when even its frame failed, so it brings html and body itself. */
export default function GlobalError({ error, reset }: Props) {
  return (
    <html lang="en">
      <body className="min-h-dvh">
        <title>Not loaded · Recollect</title>
        <ErrorScreen code={error.digest ?? null} retry={reset} />
      </body>
    </html>
  );
}
