"use client";

import Link from "next/link";
import { usePathname } from "next/navigation";
import type { ReactNode } from "react";
import { Count } from "@/components/ui/badge";
import { classNames } from "@/components/ui/class-names";

type NavLinkProps = {
  href: string;
  /** Places below this one that are not part of it. */
  except?: readonly string[] | undefined;
  icon?: ReactNode;
  /** Shown when it is known; zero is not worth a sign. */
  count?: number | undefined;
  shape: "bar" | "side";
  onNavigate?: (() => void) | undefined;
  children: ReactNode;
};

const shapes = {
  bar: "min-h-10 rounded-md px-3 pointer-coarse:min-h-11 hover:bg-sunken hover:text-ink aria-[current=page]:text-ink aria-[current=page]:underline aria-[current=page]:decoration-2 aria-[current=page]:decoration-accent aria-[current=page]:underline-offset-8",
  side: "min-h-9 rounded-md px-2.5 pointer-coarse:min-h-11 hover:bg-sunken hover:text-ink aria-[current=page]:bg-accent-soft aria-[current=page]:text-accent-ink forced-colors:aria-[current=page]:underline [&_svg]:size-4.5 [&_svg]:shrink-0",
} as const;

/** A place in the navigation that knows whether one is there. */
export function NavLink({ href, except, icon, count, shape, onNavigate, children }: NavLinkProps) {
  const path = usePathname();
  const here = isWithin(path, href) && !except?.some((place) => isWithin(path, place));
  return (
    <Link
      href={href}
      aria-current={here ? "page" : undefined}
      {...(onNavigate ? { onClick: onNavigate } : {})}
      className={classNames(
        "flex items-center gap-2.5 font-medium text-muted text-sm transition-colors",
        shapes[shape],
      )}
    >
      {icon}
      <span className="grow">{children}</span>
      {count ? <Count value={count} /> : null}
    </Link>
  );
}

function isWithin(path: string, place: string): boolean {
  return path === place || path.startsWith(`${place}/`);
}
