"use client";

import { Maximize2, MessageCircle, X } from "lucide-react";
import Link from "next/link";
import {
  createContext,
  type ReactNode,
  type RefObject,
  useContext,
  useEffect,
  useId,
  useRef,
  useState,
  useSyncExternalStore,
} from "react";
import { createPortal } from "react-dom";
import { MAIN_ID } from "@/components/shell/skip-link";
import { Button, buttonClass } from "@/components/ui/button";
import { IconButton } from "@/components/ui/icon-button";
import { type PanelState, PanelStateContext } from "./panel-state";

const Opening = createContext<{ open: boolean; setOpen: (open: boolean) => void } | null>(null);

type ChatPanelProps = {
  title: string;
  /** The chat, or what is to be agreed to first. Mounted when the panel is first opened, and from then on. */
  content: ReactNode;
  /** The page that it lies over. */
  children: ReactNode;
};

/**
 * The chat beside the page that one was on, so that a jacket can be looked at while it is asked about. On a phone it
 * covers the page. Without JavaScript every opener is a link to /chat.
 */
export function ChatPanel({ title, content, children }: ChatPanelProps) {
  const [open, setOpen] = useState(false);
  const [unread, setUnread] = useState(false);
  const [everOpened, setEverOpened] = useState(false);
  if (open && !everOpened) {
    setEverOpened(true);
  }
  const state: PanelState = { open, setUnread };
  return (
    <Opening value={{ open, setOpen }}>
      {children}
      <div className="fixed right-4 bottom-[calc(1rem+env(safe-area-inset-bottom))] z-20 short:hidden sm:right-6 sm:bottom-6">
        <ChatOpener size="lg" className="rounded-full! shadow-pop!">
          {unread ? "New answer" : "Ask us"}
        </ChatOpener>
      </div>
      {everOpened
        ? createPortal(
            <PanelStateContext value={state}>
              <Panel title={title} open={open} close={() => setOpen(false)}>
                {content}
              </Panel>
            </PanelStateContext>,
            document.body,
          )
        : null}
    </Opening>
  );
}

type ChatOpenerProps = { size?: "md" | "lg"; className?: string; children: ReactNode };

/** Opens the chat beside the page; a link to it where there is no JavaScript. */
export function ChatOpener({ size = "md", className, children }: ChatOpenerProps) {
  const panel = useContext(Opening);
  const live = useSyncExternalStore(
    never,
    () => true,
    () => false,
  );
  const inside = (
    <>
      <MessageCircle aria-hidden />
      {children}
    </>
  );
  return panel && live ? (
    <Button
      variant="primary"
      size={size}
      aria-haspopup="dialog"
      aria-expanded={panel.open}
      onClick={() => panel.setOpen(true)}
      {...(className ? { className } : {})}
    >
      {inside}
    </Button>
  ) : (
    <Link href="/chat" className={buttonClass("primary", size, className)}>
      {inside}
    </Link>
  );
}

function never(): () => void {
  return () => undefined;
}

type PanelProps = { title: string; open: boolean; close: () => void; children: ReactNode };

function Panel({ title, open, close, children }: PanelProps) {
  const titleId = useId();
  const box = useRef<HTMLDivElement>(null);
  const covering = useSyncExternalStore(watchNarrow, isNarrow, () => false);
  // First, because focus cannot return to a page that is still inert.
  useCover(open && covering);
  useFocusInside(box, open);
  return (
    <div
      ref={box}
      role="dialog"
      aria-modal={covering ? true : undefined}
      aria-labelledby={titleId}
      tabIndex={-1}
      hidden={!open}
      onKeyDown={(event) => {
        if (event.key === "Escape" && !event.defaultPrevented) {
          close();
        }
      }}
      className="fixed inset-0 z-40 flex animate-rise flex-col overflow-hidden bg-canvas short:overflow-y-auto hidden:hidden sm:inset-auto sm:right-4 sm:bottom-4 sm:h-[min(44rem,calc(100dvh-6rem))] sm:w-[26rem] sm:rounded-xl sm:border sm:border-line sm:shadow-pop"
    >
      <div className="flex items-center gap-1 border-line border-b bg-surface py-1.5 pr-2 pl-4">
        <h2 id={titleId} className="min-w-0 grow truncate text-base">
          {title}
        </h2>
        <Link
          href="/chat"
          aria-label="Open the chat as a page"
          className={buttonClass("quiet", "md", "size-10 px-0! py-0! [&_svg]:size-4.5!")}
        >
          <Maximize2 aria-hidden />
        </Link>
        <IconButton label="Close the chat" icon={<X aria-hidden />} onClick={close} />
      </div>
      <div className="flex min-h-0 grow flex-col overflow-y-auto short:min-h-96">{children}</div>
    </div>
  );
}

/** Focus goes to the message box when the panel opens, and back to where it was when it closes. */
function useFocusInside(box: RefObject<HTMLElement | null>, open: boolean): void {
  useEffect(() => {
    if (!open) {
      return;
    }
    const before = document.activeElement;
    const field = box.current?.querySelector<HTMLElement>("textarea");
    (field ?? box.current)?.focus();
    return () => {
      if (before instanceof HTMLElement && before.isConnected) {
        before.focus();
      }
    };
  }, [box, open]);
}

/** While the panel covers the page, the page can be neither reached nor scrolled. */
function useCover(covered: boolean): void {
  useEffect(() => {
    const page = document.getElementById(MAIN_ID)?.parentElement;
    page?.toggleAttribute("inert", covered);
    document.documentElement.style.overflow = covered ? "hidden" : "";
    return () => {
      page?.removeAttribute("inert");
      document.documentElement.style.overflow = "";
    };
  }, [covered]);
}

const NARROW = "(max-width: 39.99rem)";

function watchNarrow(changed: () => void): () => void {
  const query = globalThis.matchMedia(NARROW);
  query.addEventListener("change", changed);
  return () => query.removeEventListener("change", changed);
}

function isNarrow(): boolean {
  return globalThis.matchMedia(NARROW).matches;
}
