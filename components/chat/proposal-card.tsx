"use client";

import { CircleCheck, CircleSlash, TriangleAlert } from "lucide-react";
import {
  type FormEvent,
  type ReactNode,
  useActionState,
  useEffect,
  useId,
  useRef,
  useState,
} from "react";
import { Button } from "@/components/ui/button";
import { classNames } from "@/components/ui/class-names";
import { FieldError } from "@/components/ui/field";
import { Time } from "@/components/ui/time";
import { VisuallyHidden } from "@/components/ui/visually-hidden";
import type { ProposalView } from "@/lib/conversation/schema";
import type { Act, FormAct, Result } from "@/lib/result";
import { standingOf } from "./proposal-words";

type Decide = Act<{ proposalId: string }, void> & FormAct;

/** What the customer does with a proposal; both work as plain forms. */
export type ProposalActions = { confirm: Decide; decline: Decide };

type ProposalCardProps = {
  proposal: ProposalView;
  /** Absent for whoever only reads along. */
  actions?: ProposalActions;
};

/** What will be done if the customer confirms it, the question, and then what became of it. */
export function ProposalCard({ proposal, actions }: ProposalCardProps) {
  const { card, expiresAt } = proposal;
  const titleId = useId();
  const standing = standingOf(proposal);
  const open = standing === null;
  const box = useFocusKept(open);
  return (
    <section
      ref={box}
      tabIndex={-1}
      aria-labelledby={titleId}
      className={classNames(
        "max-w-prose rounded-lg border bg-surface shadow-card",
        open ? "border-accent-line" : "border-line",
      )}
    >
      <div className="flex flex-col gap-3 px-4 pt-3.5 pb-4 sm:px-5">
        <h2 id={titleId} className="font-semibold text-base">
          {card.title}
        </h2>
        <Facts facts={card.facts} />
        <p className="text-sm">{card.consequence}</p>
      </div>
      <div className="rounded-b-lg border-line border-t bg-canvas px-4 py-3 text-sm sm:px-5">
        {open && actions ? <Question proposal={proposal} actions={actions} /> : null}
        <div role="status">{standing ? <Standing {...standing} /> : null}</div>
        {open ? (
          <p className={classNames("text-muted text-xs", actions && "mt-2.5")}>
            {actions ? "Nothing happens before you confirm. " : "Waits for the customer. "}
            Open until <Time at={expiresAt} show="full" />.
          </p>
        ) : null}
      </div>
    </section>
  );
}

function Facts({ facts }: { facts: ProposalView["card"]["facts"] }) {
  return (
    <dl className="grid grid-cols-[auto_1fr] gap-x-4 gap-y-1 text-sm">
      {facts.map(({ label, values }) => (
        <div key={label} className="col-span-2 grid grid-cols-subgrid gap-y-1">
          <dt className="text-muted">{label}</dt>
          {values.map((value) => (
            <dd key={value} className="col-start-2 min-w-0 break-words">
              {value}
            </dd>
          ))}
        </div>
      ))}
    </dl>
  );
}

function Question({ proposal, actions }: { proposal: ProposalView; actions: ProposalActions }) {
  const { id, card } = proposal;
  const confirm = useDecision(id, actions.confirm);
  const decline = useDecision(id, actions.decline);
  const busy = confirm.busy || decline.busy;
  const problem = confirm.problem ?? decline.problem;
  return (
    <>
      <div className="flex flex-wrap gap-2">
        <form action={confirm.post} onSubmit={confirm.submit}>
          <input type="hidden" name="proposalId" value={id} />
          <Button type="submit" variant="primary" pending={busy}>
            {card.confirm}
          </Button>
        </form>
        <form action={decline.post} onSubmit={decline.submit}>
          <input type="hidden" name="proposalId" value={id} />
          <Button type="submit" pending={busy}>
            Not now<VisuallyHidden>: {card.title}</VisuallyHidden>
          </Button>
        </form>
      </div>
      <div role="alert" className="mt-2 empty:hidden">
        {problem && !busy ? <FieldError>{problem}</FieldError> : null}
      </div>
    </>
  );
}

const NO_ANSWER = "This did not reach us. Check your connection, then try again.";

/**
 * One of the two buttons. Without JavaScript its form is posted; with it, a connection that breaks is said under the
 * buttons. Once it was taken in, the button rests until the stream tells what became of it.
 */
function useDecision(proposalId: string, act: Decide) {
  const [posted, post] = useActionState<Result<void> | null, FormData>(act, null);
  const [standing, setStanding] = useState<"open" | "sending" | "sent">("open");
  const [problem, setProblem] = useState(posted && !posted.ok ? posted.message : null);
  const submit = async (event: FormEvent) => {
    event.preventDefault();
    if (standing !== "open") {
      return;
    }
    setStanding("sending");
    const result = await act({ proposalId }).catch(() => null);
    setProblem(result?.ok ? null : (result?.message ?? NO_ANSWER));
    setStanding(result?.ok ? "sent" : "open");
  };
  return { post, submit, problem, busy: standing !== "open" };
}

const icons: Record<"neutral" | "busy" | "success" | "warning", ReactNode> = {
  busy: (
    <span aria-hidden className="mt-1.5 size-2 shrink-0 animate-breathe rounded-full bg-accent" />
  ),
  neutral: <CircleSlash aria-hidden className="text-muted" />,
  success: <CircleCheck aria-hidden className="text-success-ink" />,
  warning: <TriangleAlert aria-hidden className="text-warning-ink" />,
};

function Standing({ text, tone }: { text: string; tone: keyof typeof icons }) {
  return (
    <p className="flex items-start gap-2 [&_svg]:mt-0.5 [&_svg]:size-4.5 [&_svg]:shrink-0">
      {icons[tone]}
      <span>{text}</span>
    </p>
  );
}

/** The buttons go when the question is answered; whoever was on one of them stays at the card. */
function useFocusKept(open: boolean) {
  const box = useRef<HTMLElement>(null);
  const inside = useRef(false);
  useEffect(() => {
    const held = box.current;
    const note = () => {
      inside.current = held?.contains(document.activeElement) ?? false;
    };
    held?.addEventListener("focusin", note);
    return () => held?.removeEventListener("focusin", note);
  }, []);
  useEffect(() => {
    if (!open && inside.current && document.activeElement === document.body) {
      box.current?.focus();
    }
  }, [open]);
  return box;
}
