import { CircleAlert, Clock, NotebookPen, ThumbsDown, ThumbsUp } from "lucide-react";
import type { ReactNode } from "react";
import { Happening } from "@/components/chat/happening";
import type { Outgoing } from "@/components/chat/outbox";
import { SeenMark } from "@/components/chat/seen-mark";
import { Sources } from "@/components/chat/sources";
import { Badge } from "@/components/ui/badge";
import { Button } from "@/components/ui/button";
import { classNames } from "@/components/ui/class-names";
import { Markdown } from "@/components/ui/markdown";
import { Time } from "@/components/ui/time";
import type { MessageView } from "@/lib/conversation/schema";
import { messageAnchor } from "./citations";

type TranscriptMessageProps = {
  message: MessageView;
  /** Its number in the summary, where it is cited. */
  number: number | undefined;
  /** The reader came here from the summary. */
  highlighted: boolean;
  /** The customer has seen it. */
  seen: boolean;
};

/** One message as a lead reads it. */
export function TranscriptMessage({ message, number, highlighted, seen }: TranscriptMessageProps) {
  if (message.role === "boundary" || message.role === "event" || message.role === "tool") {
    return (
      <Happening id={messageAnchor(message.id)}>
        {message.text} <Time at={message.createdAt} />
      </Happening>
    );
  }
  const look = looks[message.role];
  return (
    <article
      id={messageAnchor(message.id)}
      tabIndex={-1}
      aria-label={look.label}
      className={classNames(
        "w-fit min-w-[min(18rem,100%)] max-w-[min(68ch,92%)] scroll-my-24 rounded-lg border px-4 py-3",
        look.box,
        highlighted && "outline-3 outline-accent outline-offset-2",
      )}
    >
      <div className="mb-1 flex flex-wrap items-center justify-between gap-x-4">
        <Speaker name={look.name(message.authorName)} detail={look.detail} icon={look.icon} />
        <span className="flex items-baseline gap-2 text-muted text-xs">
          {number === undefined ? null : (
            <span title="Number in the summary" className="tabular-nums">
              <span className="sr-only">Cited in the summary as </span>[{number}]
            </span>
          )}
          {message.role === "staff" ? <SeenMark seen={seen} /> : null}
          <Time at={message.createdAt} />
        </span>
      </div>
      {message.role === "assistant" ? (
        <Markdown text={message.text} className="text-sm" />
      ) : (
        <Plain text={message.text} />
      )}
      <Marks message={message} />
    </article>
  );
}

type Look = {
  label: string;
  name: (author: string | undefined) => string;
  detail?: string;
  icon?: ReactNode;
  box: string;
};

const looks: Record<"customer" | "assistant" | "staff" | "note", Look> = {
  customer: {
    label: "The customer wrote",
    name: () => "Customer",
    box: "border-line bg-surface",
  },
  assistant: {
    label: "The AI answered",
    name: () => "AI",
    box: "ml-auto border-accent-line bg-accent-soft",
  },
  staff: {
    label: "A person answered",
    name: (author) => author ?? "A colleague",
    detail: "a person",
    box: "ml-auto border-info-line bg-info-soft",
  },
  note: {
    label: "Internal note",
    name: (author) => author ?? "A colleague",
    detail: "internal note, never shown to the customer",
    icon: <NotebookPen aria-hidden className="size-4 shrink-0" />,
    box: "ml-auto border-warning-line border-dashed bg-warning-soft",
  },
};

/** What happened to a message since it was written. */
function Marks({ message }: { message: MessageView }) {
  const sources = message.sources ?? [];
  const any = message.state === "interrupted" || message.rating || message.forgotten;
  return (
    <>
      {sources.length > 0 ? <Sources sources={sources} /> : null}
      {any ? (
        <p className="mt-2.5 flex flex-wrap gap-1.5">
          {message.state === "interrupted" ? (
            <Badge tone="warning">Interrupted before it was finished</Badge>
          ) : null}
          {message.rating === -1 ? (
            <Badge tone="danger" icon={<ThumbsDown aria-hidden />}>
              Rated down
            </Badge>
          ) : null}
          {message.rating === 1 ? (
            <Badge tone="success" icon={<ThumbsUp aria-hidden />}>
              Rated up
            </Badge>
          ) : null}
          {message.forgotten ? <Badge>Forgotten by the AI at the customer’s wish</Badge> : null}
        </p>
      ) : null}
    </>
  );
}

type SpeakerProps = { name: string; detail?: string | undefined; icon?: ReactNode };

/** Who wrote it. */
export function Speaker({ name, detail, icon }: SpeakerProps) {
  return (
    <p className="flex flex-wrap items-center gap-x-1.5 text-sm">
      {icon}
      <span className="font-semibold">{name}</span>
      {detail ? <span className="text-muted text-xs">{detail}</span> : null}
    </p>
  );
}

function Plain({ text }: { text: string }) {
  return (
    <p dir="auto" className="whitespace-pre-wrap break-words text-sm">
      {text}
    </p>
  );
}

type UnsentProps = { message: Outgoing; kind: "reply" | "note"; retry: (id: string) => void };

/** What a lead wrote and is not stored yet. */
export function Unsent({ message, kind, retry }: UnsentProps) {
  const failed = message.state === "failed";
  return (
    <article
      aria-label={kind === "note" ? "Your note" : "Your answer"}
      className={classNames(
        "ml-auto w-fit min-w-[min(18rem,100%)] max-w-[min(68ch,92%)] rounded-lg border px-4 py-3",
        kind === "note" ? looks.note.box : looks.staff.box,
      )}
    >
      <Plain text={message.text} />
      {failed ? (
        <div role="alert" className="mt-2 flex flex-wrap items-center gap-2">
          <span className="flex items-start gap-1.5 text-danger-ink text-xs">
            <CircleAlert aria-hidden className="mt-px size-4 shrink-0" />
            <span>Not sent. {message.reason}</span>
          </span>
          <Button size="sm" onClick={() => retry(message.id)}>
            Retry
          </Button>
        </div>
      ) : (
        <p className="mt-1.5 flex items-center gap-1.5 text-muted text-xs">
          <Clock aria-hidden className="size-3.5" />
          Sending
        </p>
      )}
    </article>
  );
}
