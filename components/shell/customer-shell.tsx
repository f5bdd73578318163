import Link from "next/link";
import type { ReactNode } from "react";
import { classNames } from "@/components/ui/class-names";
import { type AccountLink, AccountMenu } from "./account-menu";
import { NavLink } from "./nav-link";
import { ShopMark } from "./shop-mark";
import { MAIN_ID, SkipLink } from "./skip-link";

type CustomerShellProps = {
  shopName: string;
  /** Null is a guest. */
  customerName: string | null;
  accountLinks: readonly AccountLink[];
  signOut?: (() => Promise<unknown>) | undefined;
  signOutLabel?: string;
  /** Notices across the page, such as "you are offline". */
  banner?: ReactNode;
  /** `page` scrolls with a footer; `fit` fills the screen and its child scrolls by itself, as a chat does. */
  layout?: "page" | "fit";
  children: ReactNode;
};

const places = [
  { href: "/chat", label: "Chat" },
  { href: "/memory", label: "Memory" },
  { href: "/privacy", label: "Privacy" },
] as const;

/** The frame around what a customer sees. */
export function CustomerShell(props: CustomerShellProps) {
  const fit = props.layout === "fit";
  return (
    <div
      className={classNames(
        "flex flex-col",
        fit ? "h-dvh short:h-auto short:min-h-dvh" : "min-h-dvh",
      )}
    >
      <SkipLink />
      <header className="sticky top-0 z-30 short:static border-line border-b bg-canvas/90 backdrop-blur-md forced-colors:bg-[Canvas]">
        <div className="mx-auto flex max-w-6xl flex-wrap items-center gap-x-1 px-3 py-1.5 sm:px-6">
          <Link
            href="/"
            className="mr-auto flex min-h-10 items-center gap-2 rounded-md px-1.5 font-semibold tracking-tight"
          >
            <ShopMark className="size-6 text-accent-ink" />
            {props.shopName}
          </Link>
          <nav
            aria-label="Main"
            className="order-last -mx-1 w-full sm:order-none sm:mx-0 sm:w-auto"
          >
            <ul className="flex flex-wrap items-center sm:gap-1">
              {places.map((place) => (
                <li key={place.href}>
                  <NavLink href={place.href} shape="bar">
                    {place.label}
                  </NavLink>
                </li>
              ))}
            </ul>
          </nav>
          <span className="order-2 sm:ml-2">
            <AccountMenu
              shape="icon"
              name={props.customerName}
              links={props.accountLinks}
              signOut={props.signOut}
              {...(props.signOutLabel ? { signOutLabel: props.signOutLabel } : {})}
            />
          </span>
        </div>
      </header>
      {props.banner}
      <main id={MAIN_ID} tabIndex={-1} className={fit ? "flex min-h-0 grow flex-col" : "grow"}>
        {props.children}
      </main>
    </div>
  );
}
