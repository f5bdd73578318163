"use client";

import { CircleAlert, CircleCheck, X } from "lucide-react";
import { Toast as Radix } from "radix-ui";
import { createContext, type ReactNode, useCallback, useContext, useRef, useState } from "react";

export type ToastMessage = {
  title: string;
  description?: string;
  tone?: "success" | "danger";
  /** `altText` says how to do the same without the toast, for those who cannot reach it in time. */
  action?: { label: string; altText: string; onSelect: () => void };
};

type Shown = ToastMessage & { id: number };

const ToastContext = createContext<(message: ToastMessage) => void>(() => undefined);

/** Gives a function that says in passing what was done. What must not be missed belongs in a Notice. */
export function useToast(): (message: ToastMessage) => void {
  return useContext(ToastContext);
}

/** Stands once around the page and shows what `useToast` says. */
export function ToastProvider({ children }: { children: ReactNode }) {
  const [shown, setShown] = useState<readonly Shown[]>([]);
  const next = useRef(0);
  const show = useCallback((message: ToastMessage) => {
    next.current += 1;
    const id = next.current;
    setShown((before) => [...before.slice(-2), { ...message, id }]);
  }, []);
  const remove = (id: number) => setShown((before) => before.filter((one) => one.id !== id));
  return (
    <ToastContext value={show}>
      <Radix.Provider label="Notification" duration={6000}>
        {children}
        {shown.map((message) => (
          <ToastView key={message.id} message={message} onClose={() => remove(message.id)} />
        ))}
        <Radix.Viewport className="fixed top-[env(safe-area-inset-top)] right-0 z-50 flex w-full max-w-sm flex-col gap-2 p-4 sm:top-auto sm:bottom-0" />
      </Radix.Provider>
    </ToastContext>
  );
}

function ToastView({ message, onClose }: { message: ToastMessage; onClose: () => void }) {
  const danger = message.tone === "danger";
  const Icon = danger ? CircleAlert : CircleCheck;
  return (
    <Radix.Root
      type={danger ? "foreground" : "background"}
      onOpenChange={(open) => {
        if (!open) {
          onClose();
        }
      }}
      className="flex animate-rise items-start gap-3 rounded-lg border border-line bg-raised px-4 py-3 text-sm shadow-pop"
    >
      <Icon
        aria-hidden
        className={`mt-0.5 size-4.5 shrink-0 ${danger ? "text-danger-ink" : "text-success-ink"}`}
      />
      <div className="min-w-0 grow">
        <Radix.Title className="font-medium">{message.title}</Radix.Title>
        {message.description ? (
          <Radix.Description className="text-muted">{message.description}</Radix.Description>
        ) : null}
        {message.action ? (
          <Radix.Action
            altText={message.action.altText}
            onClick={message.action.onSelect}
            className="mt-1 font-medium text-accent-ink underline underline-offset-4"
          >
            {message.action.label}
          </Radix.Action>
        ) : null}
      </div>
      <Radix.Close
        aria-label="Dismiss"
        className="-mr-1.5 rounded-sm p-1 text-muted hover:bg-sunken hover:text-ink"
      >
        <X aria-hidden className="size-4" />
      </Radix.Close>
    </Radix.Root>
  );
}
