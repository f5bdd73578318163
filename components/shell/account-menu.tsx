"use client";

import { ChevronsUpDown, LogOut, UserRound } from "lucide-react";
import { useTransition } from "react";
import { Avatar } from "@/components/ui/avatar";
import { buttonClass } from "@/components/ui/button";
import { Menu, MenuItem, MenuLabel, MenuLink, MenuSeparator } from "@/components/ui/menu";
import { VisuallyHidden } from "@/components/ui/visually-hidden";
import { ThemeChoice } from "./theme-choice";

export type AccountLink = { href: string; label: string };

type AccountMenuProps = {
  /** Null is a guest, who has no name here. */
  name: string | null;
  detail?: string;
  links: readonly AccountLink[];
  /** Left out where there is nothing to sign out of. */
  signOut?: (() => Promise<unknown>) | undefined;
  signOutLabel?: string;
  shape: "icon" | "row";
};

/** Who one is here, and what can be done about it. */
export function AccountMenu(props: AccountMenuProps) {
  const { name, detail, links, signOut, signOutLabel = "Sign out" } = props;
  const [pending, start] = useTransition();
  const leave = signOut
    ? () =>
        start(async () => {
          await signOut();
        })
    : undefined;
  return (
    <Menu
      align={props.shape === "row" ? "start" : "end"}
      side={props.shape === "row" ? "top" : "bottom"}
      trigger={props.shape === "row" ? <RowTrigger {...props} /> : <IconTrigger {...props} />}
    >
      {name ? (
        <MenuLabel>
          <span className="block truncate font-medium text-ink text-sm">{name}</span>
          {detail ? <span className="block truncate">{detail}</span> : null}
        </MenuLabel>
      ) : null}
      {links.map((link) => (
        <MenuLink key={link.href} href={link.href}>
          {link.label}
        </MenuLink>
      ))}
      <MenuSeparator />
      <ThemeChoice />
      {leave ? (
        <>
          <MenuSeparator />
          <MenuItem icon={<LogOut aria-hidden />} onSelect={leave} disabled={pending}>
            {signOutLabel}
          </MenuItem>
        </>
      ) : null}
    </Menu>
  );
}

function IconTrigger({
  name,
  detail,
  links,
  signOut,
  signOutLabel,
  shape,
  ...rest
}: AccountMenuProps) {
  return (
    <button
      type="button"
      className={buttonClass(
        "quiet",
        "md",
        "size-10 rounded-full! px-0! py-0! pointer-coarse:size-11",
      )}
      {...rest}
    >
      {name ? <Avatar name={name} size="sm" tone="accent" /> : <UserRound aria-hidden />}
      <VisuallyHidden>{name ? `Account of ${name}` : "Account"}</VisuallyHidden>
    </button>
  );
}

function RowTrigger({
  name,
  detail,
  links,
  signOut,
  signOutLabel,
  shape,
  ...rest
}: AccountMenuProps) {
  return (
    <button
      type="button"
      className="flex w-full items-center gap-3 rounded-md px-2 py-2 text-left transition-colors hover:bg-sunken"
      {...rest}
    >
      <Avatar name={name ?? "?"} size="sm" tone="accent" />
      <span className="min-w-0 grow">
        <span className="block truncate font-medium text-sm">{name ?? "Account"}</span>
        {detail ? <span className="block truncate text-muted text-xs">{detail}</span> : null}
      </span>
      <ChevronsUpDown aria-hidden className="size-4 shrink-0 text-muted" />
    </button>
  );
}
