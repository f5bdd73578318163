"use client";

import Link from "next/link";
import { DropdownMenu } from "radix-ui";
import type { ReactNode } from "react";
import { classNames } from "./class-names";

type MenuProps = {
  trigger: ReactNode;
  align?: "start" | "end";
  side?: "top" | "bottom";
  children: ReactNode;
};

/** A list of things to do, opened by a button. */
export function Menu({ trigger, align = "end", side = "bottom", children }: MenuProps) {
  return (
    <DropdownMenu.Root>
      <DropdownMenu.Trigger asChild>{trigger}</DropdownMenu.Trigger>
      <DropdownMenu.Portal>
        <DropdownMenu.Content
          align={align}
          side={side}
          sideOffset={6}
          collisionPadding={8}
          className="z-50 min-w-52 max-w-80 animate-appear rounded-lg border border-line bg-raised p-1.5 shadow-pop"
        >
          {children}
        </DropdownMenu.Content>
      </DropdownMenu.Portal>
    </DropdownMenu.Root>
  );
}

const itemClass =
  "flex min-h-9 w-full cursor-pointer select-none items-center gap-2.5 rounded-md px-2.5 py-1.5 text-left text-sm data-[disabled]:cursor-default data-[highlighted]:bg-sunken data-[disabled]:opacity-50 data-[highlighted]:outline-none forced-colors:data-[highlighted]:outline pointer-coarse:min-h-11 [&_svg]:size-4.5 [&_svg]:shrink-0 [&_svg]:text-muted";

type MenuItemProps = {
  icon?: ReactNode;
  onSelect: () => void;
  disabled?: boolean;
  tone?: "plain" | "danger";
  children: ReactNode;
};

/** One thing to do. */
export function MenuItem({ icon, tone = "plain", children, ...rest }: MenuItemProps) {
  return (
    <DropdownMenu.Item
      className={classNames(
        itemClass,
        tone === "danger" && "text-danger-ink [&_svg]:text-current!",
      )}
      {...rest}
    >
      {icon}
      {children}
    </DropdownMenu.Item>
  );
}

type MenuLinkProps = { href: string; icon?: ReactNode; children: ReactNode };

/** One place to go. */
export function MenuLink({ href, icon, children }: MenuLinkProps) {
  return (
    <DropdownMenu.Item asChild>
      <Link href={href} className={itemClass}>
        {icon}
        {children}
      </Link>
    </DropdownMenu.Item>
  );
}

/** One of several answers; the chosen one is marked. */
export function MenuChoices<Value extends string>(props: {
  label: string;
  value: Value;
  options: readonly { value: Value; label: string }[];
  onChange: (value: Value) => void;
}) {
  return (
    <DropdownMenu.RadioGroup
      value={props.value}
      onValueChange={(value) => props.onChange(value as Value)}
      aria-label={props.label}
    >
      <MenuLabel>{props.label}</MenuLabel>
      {props.options.map((option) => (
        <DropdownMenu.RadioItem
          key={option.value}
          value={option.value}
          className={classNames(itemClass, "justify-between")}
        >
          {option.label}
          <DropdownMenu.ItemIndicator className="size-2 rounded-full bg-accent" />
        </DropdownMenu.RadioItem>
      ))}
    </DropdownMenu.RadioGroup>
  );
}

export function MenuLabel({ children }: { children: ReactNode }) {
  return (
    <DropdownMenu.Label className="px-2.5 py-1.5 text-muted text-xs">{children}</DropdownMenu.Label>
  );
}

export function MenuSeparator() {
  return <DropdownMenu.Separator className="-mx-1.5 my-1.5 h-px bg-line" />;
}
