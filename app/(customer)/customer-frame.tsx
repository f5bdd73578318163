import "server-only";
import type { ReactNode } from "react";
import { signOut } from "@/app/(auth)/actions";
import type { AccountLink } from "@/components/shell/account-menu";
import { CustomerShell } from "@/components/shell/customer-shell";
import { findCaller } from "@/lib/auth";
import { findCustomer } from "@/lib/customer";
import { Refusal } from "@/lib/errors";
import { shopName } from "@/lib/shop/schema";

// The menu calls it with nothing; the action reads nothing.
type SignOut = () => Promise<unknown>;
type CustomerFrameProps = { layout?: "page" | "fit"; banner?: ReactNode; children: ReactNode };

const guestLinks: AccountLink[] = [
  { href: "/sign-in", label: "Sign in" },
  { href: "/register", label: "Create an account" },
];
const customerLinks: AccountLink[] = [{ href: "/account", label: "Account" }];
const staffLinks: AccountLink[] = [
  { href: "/desk", label: "To the desk" },
  { href: "/account", label: "Account" },
];

/** The shell of a customer's pages, with who they are. */
export async function CustomerFrame({ layout = "page", banner, children }: CustomerFrameProps) {
  const who = await describeCaller();
  return (
    <CustomerShell
      shopName={shopName}
      customerName={who.name}
      accountLinks={who.links}
      signOut={who.signOut ? (signOut as SignOut) : undefined}
      {...(who.guest ? { signOutLabel: "Leave this device" } : {})}
      layout={layout}
      banner={banner}
    >
      {children}
    </CustomerShell>
  );
}

function unlessKeyMissing(error: unknown): null {
  if (error instanceof Refusal && error.code === "key_unavailable") {
    return null;
  }
  throw error;
}

async function describeCaller() {
  const caller = await findCaller();
  if (!caller) {
    return { name: null, links: guestLinks, signOut: false, guest: true };
  }
  if (caller.kind === "staff") {
    return { name: caller.name, links: staffLinks, signOut: true, guest: false };
  }
  // Shop and help pages are there for a person whose name cannot be opened right now.
  const customer = await findCustomer(caller.id).catch(unlessKeyMissing);
  return caller.registered
    ? { name: customer?.name ?? "Your account", links: customerLinks, signOut: true, guest: false }
    : { name: null, links: guestLinks, signOut: true, guest: true };
}
