import Link from "next/link";
import type { ReactNode } from "react";
import { BrandMark } from "@/components/ui/brand-mark";
import { classNames } from "@/components/ui/class-names";
import { type AccountLink, AccountMenu } from "./account-menu";
import { MAIN_ID, SkipLink } from "./skip-link";
import { StaffDrawer } from "./staff-drawer";
import { type StaffCounts, StaffNav, type StaffRole } from "./staff-nav";

type StaffShellProps = {
  person: { name: string; email: string; role: StaffRole };
  counts?: StaffCounts;
  accountLinks: readonly AccountLink[];
  signOut: () => Promise<unknown>;
  /** Notices across the page, such as "Redis does not answer". */
  banner?: ReactNode;
  /** What one sets for oneself at the desk; stands below the navigation. */
  station?: ReactNode;
  /** `page` scrolls as a whole; `fit` fills the screen and its parts scroll by themselves. */
  layout?: "page" | "fit";
  children: ReactNode;
};

/** The frame around what staff see: a sidebar, which becomes a bar with a drawer on a phone. */
export function StaffShell({ person, counts = {}, layout = "page", ...props }: StaffShellProps) {
  const fit = layout === "fit";
  const account = {
    name: person.name,
    detail: person.email,
    links: props.accountLinks,
    signOut: props.signOut,
  };
  return (
    <div
      className={classNames(
        "flex flex-col lg:flex-row",
        fit ? "h-dvh short:h-auto short:min-h-dvh" : "min-h-dvh",
      )}
    >
      <SkipLink />
      <header className="sticky top-0 z-30 short:static flex items-center gap-2 border-line border-b bg-canvas/90 px-2 py-1.5 backdrop-blur-md lg:hidden print:hidden! forced-colors:bg-[Canvas]">
        <StaffDrawer role={person.role} counts={counts}>
          {props.station}
        </StaffDrawer>
        <Home />
        <AccountMenu shape="icon" {...account} />
      </header>
      <header className="sticky top-0 hidden h-dvh w-60 shrink-0 flex-col border-line border-r bg-surface lg:flex print:hidden!">
        <div className="px-3 pt-4 pb-6">
          <Home />
        </div>
        <div className="min-h-0 grow overflow-y-auto px-3">
          <StaffNav role={person.role} counts={counts} />
        </div>
        <div className="flex flex-col gap-1 border-line border-t p-2">
          {props.station}
          <AccountMenu shape="row" {...account} />
        </div>
      </header>
      <div className={classNames("flex min-w-0 grow flex-col", fit && "min-h-0")}>
        {props.banner}
        <main id={MAIN_ID} tabIndex={-1} className={fit ? "flex min-h-0 grow flex-col" : "grow"}>
          {props.children}
        </main>
      </div>
    </div>
  );
}

function Home() {
  return (
    <Link
      href="/"
      className="flex min-h-9 grow items-center gap-2 rounded-md px-2 font-semibold tracking-tight"
    >
      <BrandMark className="size-5.5 text-accent-ink" />
      Recollect
    </Link>
  );
}
