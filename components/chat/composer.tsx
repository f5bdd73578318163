"use client";

import { ArrowUp, Square } from "lucide-react";
import {
  type FormEvent,
  type KeyboardEvent,
  useActionState,
  useEffect,
  useRef,
  useState,
} from "react";
import { classNames } from "@/components/ui/class-names";
import { FieldError } from "@/components/ui/field";
import { IconButton } from "@/components/ui/icon-button";
import { MESSAGE_LENGTH_MAX } from "@/lib/conversation/schema";
import type { Result } from "@/lib/result";
import { drafts } from "./outbox";

export type SendForm = (previous: Result<never> | null, form: FormData) => Promise<Result<never>>;

type ComposerProps = {
  conversationId: string;
  /** The conversation is not stored yet. */
  begins: boolean;
  /** Fixed by the server, so that the form has an id of its own where there is no JavaScript. */
  messageId: string;
  /** Where the form goes without JavaScript. */
  sendForm: SendForm;
  send: (text: string) => void;
  /** Present while an answer is being written. */
  stop: (() => void) | null;
  placeholder: string;
  /** Called with each change while there is something written. */
  onTyping: () => void;
};

/** Where the customer writes: Enter sends, Shift-Enter breaks the line; what is typed survives a reload. */
export function Composer(props: ComposerProps) {
  const { conversationId, send, stop } = props;
  const [refused, formAction] = useActionState(props.sendForm, null);
  const [text, setText] = useState("");
  const field = useRef<HTMLTextAreaElement>(null);
  const over = text.length - MESSAGE_LENGTH_MAX;
  const ready = text.trim() !== "" && over <= 0;

  useEffect(() => {
    // Typed before the page came alive, or kept from before a reload.
    setText((typed) => typed || field.current?.value || drafts.read(conversationId));
  }, [conversationId]);

  const change = (next: string) => {
    setText(next);
    drafts.write(conversationId, next);
    if (next.trim() !== "") {
      props.onTyping();
    }
    if (props.begins) {
      drafts.writeBegun(conversationId);
    }
  };
  const submit = (event?: FormEvent) => {
    event?.preventDefault();
    if (ready) {
      send(text);
      change("");
    }
    field.current?.focus();
  };
  const onKeyDown = (event: KeyboardEvent) => {
    // An Enter that ends the composition of a Japanese or Chinese word does not send.
    if (event.key === "Enter" && !event.shiftKey && !event.nativeEvent.isComposing) {
      event.preventDefault();
      submit();
    }
  };

  return (
    <form action={formAction} onSubmit={submit} className="relative">
      {refused && !refused.ok ? <FieldError>{refused.message}</FieldError> : null}
      <input type="hidden" name="id" value={props.messageId} />
      <input type="hidden" name="conversationId" value={conversationId} />
      <label htmlFor="composer" className="sr-only">
        Your message
      </label>
      <textarea
        id="composer"
        ref={field}
        name="text"
        rows={1}
        dir="auto"
        value={text}
        onChange={(event) => change(event.target.value)}
        onKeyDown={onKeyDown}
        placeholder={props.placeholder}
        aria-describedby="composer-hint"
        aria-invalid={over > 0 ? true : undefined}
        enterKeyHint="send"
        className="field-sizing-content block max-h-[40vh] min-h-13 w-full resize-none rounded-xl border border-line-strong/70 bg-surface py-3.5 pr-14 pl-4 text-base shadow-card transition-colors placeholder:text-muted hover:border-line-strong focus-visible:border-accent-ink focus-visible:outline-offset-0 aria-invalid:border-danger"
      />
      <div className="absolute right-1.5 bottom-8">
        {stop ? (
          <IconButton
            label="Stop the answer"
            icon={<Square aria-hidden className="fill-current" />}
            variant="secondary"
            onClick={stop}
          />
        ) : (
          <IconButton
            label="Send"
            type="submit"
            icon={<ArrowUp aria-hidden />}
            variant="primary"
            className={classNames("transition-opacity", !ready && "opacity-60")}
          />
        )}
      </div>
      <p
        id="composer-hint"
        className={classNames(
          "mt-1.5 min-h-4.5 px-1 text-xs",
          over > 0 ? "text-danger-ink" : "text-muted",
        )}
      >
        {over > 0
          ? `${over.toLocaleString("en")} characters over the limit of ${MESSAGE_LENGTH_MAX.toLocaleString("en")}. Shorten it, or send it in parts.`
          : "Enter sends, Shift and Enter break the line."}
      </p>
    </form>
  );
}
