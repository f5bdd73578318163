"use client";

import {
  Activity,
  BookOpen,
  Brain,
  ClipboardList,
  FileCheck,
  FileText,
  Hourglass,
  Inbox,
  Lightbulb,
  type LucideIcon,
  Plug,
  ScrollText,
  ShieldCheck,
  UsersRound,
} from "lucide-react";
import { NavLink } from "./nav-link";

export type StaffRole = "LEAD" | "ADMIN";
/** How many wait at a place; only what was counted. */
export type StaffCounts = { inbox?: number; requests?: number };

type Place = {
  href: string;
  label: string;
  Icon: LucideIcon;
  counted?: keyof StaffCounts;
  /** A page below this address that is a place of its own. */
  except?: readonly string[];
};

const desk: readonly Place[] = [
  {
    href: "/desk",
    label: "Inbox",
    Icon: Inbox,
    counted: "inbox",
    except: ["/desk/summaries", "/desk/knowledge"],
  },
  { href: "/desk/summaries", label: "Summaries", Icon: FileText },
  { href: "/desk/knowledge", label: "Knowledge", Icon: Lightbulb },
  { href: "/admin/status", label: "Status", Icon: Activity },
];
const admin: readonly Place[] = [
  { href: "/admin/requests", label: "Requests", Icon: ShieldCheck, counted: "requests" },
  { href: "/admin/retention", label: "Retention", Icon: Hourglass },
  { href: "/admin/consent", label: "Consent", Icon: FileCheck },
  { href: "/admin/audit", label: "Audit", Icon: ScrollText },
  { href: "/admin/record", label: "Processing", Icon: ClipboardList },
  { href: "/admin/articles", label: "Articles", Icon: BookOpen },
  { href: "/admin/memory", label: "Memory", Icon: Brain },
  { href: "/admin/connectors", label: "Connectors", Icon: Plug },
  { href: "/admin/people", label: "People", Icon: UsersRound },
];

type StaffNavProps = {
  role: StaffRole;
  counts: StaffCounts;
  onNavigate?: () => void;
};

/** Where staff can go; what a role may not enter is not shown. */
export function StaffNav({ role, counts, onNavigate }: StaffNavProps) {
  return (
    <nav aria-label="Main" className="flex flex-col gap-6">
      <Places label="Desk" places={desk} counts={counts} onNavigate={onNavigate} />
      {role === "ADMIN" ? (
        <Places label="Admin" places={admin} counts={counts} onNavigate={onNavigate} />
      ) : null}
    </nav>
  );
}

type PlacesProps = {
  label: string;
  places: readonly Place[];
  counts: StaffCounts;
  onNavigate: (() => void) | undefined;
};

function Places({ label, places, counts, onNavigate }: PlacesProps) {
  return (
    <div>
      <p aria-hidden className="px-2.5 pb-1 text-muted text-xs">
        {label}
      </p>
      <ul aria-label={label} className="flex flex-col gap-0.5">
        {places.map(({ href, label: name, Icon, counted, except }) => (
          <li key={href}>
            <NavLink
              href={href}
              except={except}
              shape="side"
              icon={<Icon aria-hidden />}
              count={counted ? counts[counted] : undefined}
              onNavigate={onNavigate}
            >
              {name}
            </NavLink>
          </li>
        ))}
      </ul>
    </div>
  );
}
