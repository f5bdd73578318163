"use client";

import { AlertDialog } from "radix-ui";
import { type ReactNode, useState, useTransition } from "react";
import { Button } from "./button";
import { scrimClass } from "./dialog";
import { Field } from "./field";
import { Input } from "./input";
import { Notice } from "./notice";
import { useFocusReturn } from "./use-focus-return";

type ConfirmDialogProps = {
  trigger?: ReactNode;
  open?: boolean;
  onOpenChange?: (open: boolean) => void;
  title: ReactNode;
  description: ReactNode;
  /** Says what will happen: "Erase this customer", not "OK". */
  confirmLabel: string;
  cancelLabel?: string;
  tone?: "danger" | "primary";
  /** Something to type first, for what cannot be undone. */
  typeToConfirm?: string;
  /** Answers a sentence when it did not work: the dialog stays and shows it. Nothing closes the dialog. */
  // biome-ignore lint/suspicious/noConfusingVoidType: most confirmations answer nothing.
  onConfirm: () => Promise<string | void>;
  children?: ReactNode;
};

/** Asks before something is done that matters. Focus starts on Cancel and returns to the trigger. */
export function ConfirmDialog(props: ConfirmDialogProps) {
  const [openInside, setOpenInside] = useState(false);
  const focusReturn = useFocusReturn();
  const open = props.open ?? openInside;
  const setOpen = (next: boolean) => {
    setOpenInside(next);
    props.onOpenChange?.(next);
  };
  return (
    <AlertDialog.Root open={open} onOpenChange={setOpen}>
      {props.trigger ? <AlertDialog.Trigger asChild>{props.trigger}</AlertDialog.Trigger> : null}
      <AlertDialog.Portal>
        <AlertDialog.Overlay className={scrimClass} />
        <AlertDialog.Content
          {...focusReturn}
          className="fixed inset-x-3 top-[14vh] z-40 mx-auto max-h-[80vh] max-w-md overflow-y-auto rounded-xl border border-line bg-raised p-5 shadow-pop data-[state=open]:animate-rise sm:p-6"
        >
          <AlertDialog.Title className="font-semibold text-lg">{props.title}</AlertDialog.Title>
          <AlertDialog.Description asChild>
            <div className="mt-2 text-muted text-sm">{props.description}</div>
          </AlertDialog.Description>
          {props.children ? <div className="mt-4">{props.children}</div> : null}
          <Question {...props} close={() => setOpen(false)} />
        </AlertDialog.Content>
      </AlertDialog.Portal>
    </AlertDialog.Root>
  );
}

function Question(props: ConfirmDialogProps & { close: () => void }) {
  const { confirmLabel, cancelLabel = "Cancel", tone = "primary", typeToConfirm } = props;
  const [typed, setTyped] = useState("");
  const [problem, setProblem] = useState<string>();
  const [pending, start] = useTransition();
  const locked = typeToConfirm !== undefined && typed.trim() !== typeToConfirm;
  const confirm = () =>
    start(async () => {
      const answer = await props.onConfirm();
      if (answer === undefined) {
        props.close();
      } else {
        setProblem(answer);
      }
    });
  return (
    <>
      {typeToConfirm ? (
        <Field label={`Type ${typeToConfirm} to confirm`} className="mt-4">
          {(control) => (
            <Input
              {...control}
              value={typed}
              autoComplete="off"
              onChange={(event) => setTyped(event.target.value)}
            />
          )}
        </Field>
      ) : null}
      {problem ? (
        <Notice tone="danger" className="mt-4">
          {problem}
        </Notice>
      ) : null}
      <div className="mt-6 flex flex-wrap justify-end gap-2">
        <AlertDialog.Cancel asChild>
          <Button>{cancelLabel}</Button>
        </AlertDialog.Cancel>
        <Button variant={tone} pending={pending} disabled={locked} onClick={confirm}>
          {confirmLabel}
        </Button>
      </div>
    </>
  );
}
