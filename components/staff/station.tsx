"use client";

import { useState } from "react";
import { Switch } from "@/components/ui/switch";
import { changeCallSettings, useCallSettings } from "./call-settings";
import { chime } from "./chime";

type StationProps = { away: boolean; onAway: (away: boolean) => void };

/** Whether one is there for customers, and how this browser calls. */
export function Station({ away, onAway }: StationProps) {
  const { sound } = useCallSettings();
  return (
    <section aria-label="You at the desk" className="flex flex-col">
      <Switch
        label="Away"
        hint={away ? "Customers are not told that you are here." : undefined}
        on={away}
        onChange={onAway}
      />
      <Switch
        label="Sound"
        on={sound}
        onChange={(next) => {
          changeCallSettings({ sound: next });
          if (next) {
            chime();
          }
        }}
      />
      <Notices />
    </section>
  );
}

/** The browser is asked for leave when this is switched on, and never before. */
function Notices() {
  const { notices } = useCallSettings();
  const [refused, setRefused] = useState(false);
  const change = async (next: boolean) => {
    const allowed = !next || (await askLeave());
    setRefused(!allowed);
    changeCallSettings({ notices: next && allowed });
  };
  return (
    <Switch
      label="Desktop notices"
      hint={refused ? "Your browser does not allow notices for this site." : undefined}
      on={notices}
      onChange={(next) => void change(next)}
    />
  );
}

async function askLeave(): Promise<boolean> {
  if (typeof Notification === "undefined") {
    return false;
  }
  return (await Notification.requestPermission()) === "granted";
}
