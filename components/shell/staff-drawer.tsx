"use client";

import { Menu } from "lucide-react";
import { type ReactNode, useState } from "react";
import { Dialog } from "@/components/ui/dialog";
import { IconButton } from "@/components/ui/icon-button";
import { type StaffCounts, StaffNav, type StaffRole } from "./staff-nav";

type StaffDrawerProps = { role: StaffRole; counts: StaffCounts; children?: ReactNode };

/** The navigation on a phone: a sheet that closes when a place was chosen. */
export function StaffDrawer({ role, counts, children }: StaffDrawerProps) {
  const [open, setOpen] = useState(false);
  return (
    <>
      <IconButton
        label="Open navigation"
        icon={<Menu aria-hidden />}
        aria-haspopup="dialog"
        onClick={() => setOpen(true)}
      />
      <Dialog shape="sheet" title="Recollect" open={open} onOpenChange={setOpen}>
        <StaffNav role={role} counts={counts} onNavigate={() => setOpen(false)} />
        {children ? <div className="mt-4 border-line border-t pt-3">{children}</div> : null}
      </Dialog>
    </>
  );
}
