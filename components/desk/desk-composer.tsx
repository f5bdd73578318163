"use client";

import { NotebookPen, SendHorizontal } from "lucide-react";
import {
  type FormEvent,
  type KeyboardEvent,
  type ReactNode,
  useEffect,
  useRef,
  useState,
} from "react";
import { drafts } from "@/components/chat/outbox";
import { Button } from "@/components/ui/button";
import { classNames } from "@/components/ui/class-names";
import { FieldError } from "@/components/ui/field";
import { Kbd } from "@/components/ui/kbd";
import { MESSAGE_LENGTH_MAX } from "@/lib/conversation/schema";

export type Writes = "reply" | "note";

type DeskComposerProps = {
  conversationId: string;
  canAnswer: boolean;
  /** Why an answer cannot be sent now, with what would change that. */
  blocked: ReactNode;
  send: (kind: Writes, text: string) => void;
  /** Called with each change of an answer to the customer. */
  onTyping: () => void;
};

/** Where a lead writes: an answer to the customer, or a note that only colleagues read. */
export function DeskComposer(props: DeskComposerProps) {
  const { conversationId, canAnswer, blocked, send, onTyping } = props;
  const [kind, setKind] = useState<Writes>("reply");
  const writes = kind === "reply" && !canAnswer ? null : kind;
  return (
    <section
      aria-label="Write"
      className="sticky short:static bottom-0 -mx-4 border-line border-t bg-canvas px-4 pt-3 pb-[max(0.75rem,env(safe-area-inset-bottom))] sm:-mx-6 sm:px-6 lg:static"
    >
      <div className="mb-2 flex flex-wrap gap-1.5">
        <Mode on={kind === "reply"} choose={() => setKind("reply")}>
          <SendHorizontal aria-hidden />
          Answer
        </Mode>
        <Mode on={kind === "note"} choose={() => setKind("note")}>
          <NotebookPen aria-hidden />
          Internal note
        </Mode>
      </div>
      {writes ? (
        <Writing
          key={`${conversationId}:${writes}`}
          kind={writes}
          draft={`desk-${writes}:${conversationId}`}
          send={(text) => send(writes, text)}
          onTyping={writes === "reply" ? onTyping : ignore}
        />
      ) : (
        blocked
      )}
    </section>
  );
}

// A note is nobody's business but the colleagues'.
function ignore(): void {
  return;
}

type ModeProps = { on: boolean; choose: () => void; children: ReactNode };

function Mode({ on, choose, children }: ModeProps) {
  return (
    <Button
      size="sm"
      variant={on ? "secondary" : "quiet"}
      aria-pressed={on}
      onClick={choose}
      className="forced-colors:aria-pressed:outline"
    >
      {children}
    </Button>
  );
}

const words = {
  reply: {
    label: "Your answer to the customer",
    placeholder: "Write to the customer",
    button: "Send",
  },
  note: {
    label: "Internal note",
    placeholder: "Only colleagues read this. The customer and the AI never do.",
    button: "Add note",
  },
} as const;

type WritingProps = {
  kind: Writes;
  draft: string;
  send: (text: string) => void;
  onTyping: () => void;
};

function Writing({ kind, draft, send, onTyping }: WritingProps) {
  const [text, setText] = useState("");
  const field = useRef<HTMLTextAreaElement>(null);
  useEffect(() => setText((typed) => typed || drafts.read(draft)), [draft]);
  const over = text.length - MESSAGE_LENGTH_MAX;
  const change = (next: string) => {
    setText(next);
    drafts.write(draft, next);
    if (next.trim() !== "") {
      onTyping();
    }
  };
  const submit = (event?: FormEvent) => {
    event?.preventDefault();
    if (text.trim() !== "" && over <= 0) {
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
    <form onSubmit={submit}>
      <label htmlFor="desk-composer" className="sr-only">
        {words[kind].label}
      </label>
      <textarea
        id="desk-composer"
        ref={field}
        rows={2}
        dir="auto"
        value={text}
        onChange={(event) => change(event.target.value)}
        onKeyDown={onKeyDown}
        placeholder={words[kind].placeholder}
        aria-describedby="desk-composer-hint"
        aria-invalid={over > 0 ? true : undefined}
        enterKeyHint="send"
        className={classNames(
          "field-sizing-content block max-h-[30vh] min-h-16 w-full resize-none rounded-lg border bg-surface px-3.5 py-2.5 text-base shadow-card transition-colors placeholder:text-muted aria-invalid:border-danger sm:text-sm",
          kind === "note"
            ? "border-warning-line"
            : "border-line-strong/70 hover:border-line-strong",
        )}
      />
      <div className="mt-2 flex flex-wrap items-center justify-between gap-2">
        <div id="desk-composer-hint" className="text-muted text-xs">
          {over > 0 ? (
            <FieldError>
              {`${over.toLocaleString("en")} characters over the limit of ${MESSAGE_LENGTH_MAX.toLocaleString("en")}. Shorten it, or send it in parts.`}
            </FieldError>
          ) : (
            <span className="hidden sm:inline">
              <Kbd>Enter</Kbd> sends, <Kbd>Shift</Kbd> <Kbd>Enter</Kbd> breaks the line
            </span>
          )}
        </div>
        <Button type="submit" variant="primary">
          {words[kind].button}
        </Button>
      </div>
    </form>
  );
}
