import { CircleAlert, Clock, ThumbsDown, ThumbsUp } from "lucide-react";
import type { ReactNode } from "react";
import { Button } from "@/components/ui/button";
import { CopyButton } from "@/components/ui/copy-button";
import { IconButton } from "@/components/ui/icon-button";
import { Markdown } from "@/components/ui/markdown";
import { Time } from "@/components/ui/time";
import type { MessageView } from "@/lib/conversation/schema";
import { Happening } from "./happening";
import type { Outgoing } from "./outbox";
import { SeenMark } from "./seen-mark";
import { Sources } from "./sources";

type Rate = (messageId: string, value: 1 | -1) => void;

type MessageProps = {
  message: MessageView;
  rate: Rate;
  /** A person has seen it. */
  seen: boolean;
};

/** One line of the conversation: what the customer wrote, what was answered, or what happened. */
export function Message({ message, rate, seen }: MessageProps) {
  switch (message.role) {
    case "customer":
      return (
        <Bubble>
          <Plain text={message.text} />
          <Foot side="end">
            {message.forgotten ? <span>Forgotten by the assistant</span> : <SeenMark seen={seen} />}
            <Time at={message.createdAt} />
          </Foot>
        </Bubble>
      );
    case "assistant":
    case "staff":
      return <Answer message={message} rate={rate} />;
    default:
      return <Happening>{message.text}</Happening>;
  }
}

function Answer({ message, rate }: { message: MessageView; rate: Rate }) {
  const byPerson = message.role === "staff";
  return (
    <article className="group max-w-prose" aria-label={byPerson ? "Support answered" : "Answer"}>
      <Author
        name={byPerson ? (message.authorName ?? "Support team") : "Assistant"}
        person={byPerson}
      />
      {byPerson ? <Plain text={message.text} /> : <Markdown text={message.text} />}
      {message.state === "interrupted" ? (
        <p className="mt-2 text-muted text-xs">This answer was stopped before it was finished.</p>
      ) : null}
      <Sources sources={message.sources ?? []} />
      <Foot side="start">
        {message.forgotten ? <span>Forgotten by the assistant</span> : null}
        <Time at={message.createdAt} />
        <CopyButton text={message.text} label="Copy answer" />
        {byPerson ? null : <Thumbs message={message} rate={rate} />}
      </Foot>
    </article>
  );
}

function Thumbs({ message, rate }: { message: MessageView; rate: Rate }) {
  return (
    <>
      <IconButton
        label="This helped"
        icon={<ThumbsUp aria-hidden className={message.rating === 1 ? "fill-current" : ""} />}
        size="sm"
        aria-pressed={message.rating === 1}
        onClick={() => rate(message.id, 1)}
      />
      <IconButton
        label="This did not help"
        icon={<ThumbsDown aria-hidden className={message.rating === -1 ? "fill-current" : ""} />}
        size="sm"
        aria-pressed={message.rating === -1}
        onClick={() => rate(message.id, -1)}
      />
    </>
  );
}

/** A message that has not arrived yet, or did not. */
export function Unsent({ message, retry }: { message: Outgoing; retry: (id: string) => void }) {
  const failed = message.state === "failed";
  return (
    <Bubble>
      <Plain text={message.text} />
      {failed ? (
        <div className="mt-1.5 flex flex-wrap items-center justify-end gap-2" role="alert">
          <span className="flex items-start gap-1.5 text-danger-ink text-xs">
            <CircleAlert aria-hidden className="mt-px size-4 shrink-0" />
            <span>Not sent. {message.reason}</span>
          </span>
          <Button size="sm" onClick={() => retry(message.id)}>
            Retry
          </Button>
        </div>
      ) : (
        <Foot side="end">
          <Clock aria-hidden className="size-3.5" />
          <span>Sending</span>
        </Foot>
      )}
    </Bubble>
  );
}

/** Who speaks. A person is told apart from the assistant by word and mark, not by colour. */
export function Author({ name, person }: { name: string; person: boolean }) {
  return (
    <p className="mb-1 flex items-center gap-2 font-semibold text-sm">
      {name}
      {person ? (
        <span className="rounded-full border border-accent-line bg-accent-soft px-2 font-medium text-accent-ink text-xs">
          a person
        </span>
      ) : null}
    </p>
  );
}

function Bubble({ children }: { children: ReactNode }) {
  return (
    <article aria-label="You wrote" className="flex flex-col items-end">
      <div className="max-w-[min(85%,36rem)] rounded-xl rounded-br-sm border border-accent-line bg-accent-soft px-4 py-2.5">
        {children}
      </div>
    </article>
  );
}

/** Text as it was typed, whatever its direction. */
function Plain({ text }: { text: string }) {
  return (
    <p dir="auto" className="whitespace-pre-wrap break-words">
      {text}
    </p>
  );
}

function Foot({ side, children }: { side: "start" | "end"; children: ReactNode }) {
  return (
    <div
      className={`mt-1 flex min-h-5 flex-wrap items-center gap-1.5 text-muted text-xs ${side === "end" ? "justify-end" : ""}`}
    >
      {children}
    </div>
  );
}
