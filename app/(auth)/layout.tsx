import Link from "next/link";
import type { ReactNode } from "react";
import { MAIN_ID, SkipLink } from "@/components/shell/skip-link";
import { BrandMark } from "@/components/ui/brand-mark";

/** Pages of one form: nothing around it but the way back. */
export default function AuthLayout({ children }: { children: ReactNode }) {
  return (
    <div className="flex min-h-dvh flex-col">
      <SkipLink />
      <header className="px-4 py-5 sm:px-6">
        <Link
          href="/"
          className="inline-flex min-h-10 items-center gap-2 rounded-md px-1.5 font-semibold tracking-tight"
        >
          <BrandMark className="size-6 text-accent-ink" />
          Recollect
        </Link>
      </header>
      <main
        id={MAIN_ID}
        tabIndex={-1}
        className="mx-auto flex w-full max-w-md grow flex-col justify-center px-4 pt-4 pb-24"
      >
        {children}
      </main>
    </div>
  );
}
