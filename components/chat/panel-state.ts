"use client";

import { createContext } from "react";

export type PanelState = { open: boolean; setUnread: (unread: boolean) => void };

/** Whether the panel that the chat stands in is open. Null where it stands in a page. */
export const PanelStateContext = createContext<PanelState | null>(null);
