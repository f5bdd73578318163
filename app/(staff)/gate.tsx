import "server-only";
import { notFound, redirect } from "next/navigation";
import type { ReactNode } from "react";
import { NeedsAdmin } from "@/components/staff/needs-admin";
import { findCaller, type Role, type StaffCaller } from "@/lib/auth";
import { Refusal, type RefusalCode } from "@/lib/errors";

/** What is in a page's address, as Next hands it over. */
type Given = {
  params: Promise<Record<string, string>>;
  searchParams: Promise<Record<string, string | string[] | undefined>>;
};

/** The same, read: every name has one value or none. */
export type Asked = {
  params: Record<string, string>;
  query: Record<string, string | undefined>;
};

type Gate = {
  /** An admin may see all that a lead may. */
  role: Role;
  /** The page's address: "/desk/[conversationId]". */
  path: string;
};

/** What a door refuses when an address names nothing: an id that is gone, or a cursor that somebody made up. */
const NOWHERE = new Set<RefusalCode>(["not_found", "input_invalid"]);

/**
 * Makes a page of staff: nobody is sent to sign in and comes back, a lead is told when a page is an admin's, and what a
 * door refuses as absent is Next's "not found". The check stands in each page because a layout is not drawn again on
 * the way from one page to the next.
 */
export function staffPage(
  gate: Gate,
  draw: (staff: StaffCaller, asked: Asked) => Promise<ReactNode>,
) {
  return async (given: Given): Promise<ReactNode> => {
    const asked = { params: await given.params, query: flat(await given.searchParams) };
    const caller = await findCaller();
    if (caller?.kind !== "staff") {
      redirect(`/sign-in?next=${encodeURIComponent(address(gate.path, asked))}`);
    }
    if (gate.role === "admin" && caller.role !== "admin") {
      return <NeedsAdmin />;
    }
    try {
      return await draw(caller, asked);
    } catch (error) {
      if (error instanceof Refusal && NOWHERE.has(error.code)) {
        notFound();
      }
      throw error;
    }
  };
}

function flat(query: Record<string, string | string[] | undefined>): Asked["query"] {
  return Object.fromEntries(
    Object.entries(query).map(([name, value]) => [name, Array.isArray(value) ? value[0] : value]),
  );
}

/** Where this page is, so that signing in leads back to it. */
function address(path: string, { params, query }: Asked): string {
  const place = path.replace(/\[(\w+)\]/g, (_, name: string) =>
    encodeURIComponent(params[name] ?? ""),
  );
  const asked = new URLSearchParams(
    Object.entries(query).flatMap(([name, value]) => (value === undefined ? [] : [[name, value]])),
  ).toString();
  return asked ? `${place}?${asked}` : place;
}
