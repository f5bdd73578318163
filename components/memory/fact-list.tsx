import { ChevronRight } from "lucide-react";
import Link from "next/link";
import { Badge } from "@/components/ui/badge";
import { Time } from "@/components/ui/time";
import { VisuallyHidden } from "@/components/ui/visually-hidden";
import type { FormAct } from "@/lib/result";
import { CorrectForm } from "./correct-form";
import { ForgetForm } from "./forget-form";
import { type ForgetCount, nameOfPredicate, type ShownFact, shorten } from "./shown";

type FactListProps = {
  facts: readonly ShownFact[];
  forget: FormAct<ForgetCount>;
  correct: FormAct<ForgetCount>;
};

/** What is known across conversations: what holds first, and folded up behind it what no longer does. */
export function FactList(props: FactListProps) {
  const holding = props.facts.filter(({ holds }) => holds);
  const ended = props.facts.filter(({ holds }) => !holds);
  return (
    <>
      <Rows {...props} facts={holding} />
      {ended.length > 0 ? (
        <details className="group mt-2">
          <summary className={summary}>
            <Chevron />
            {ended.length} that no longer {ended.length === 1 ? "holds" : "hold"}
          </summary>
          <Rows {...props} facts={ended} />
        </details>
      ) : null}
    </>
  );
}

const summary =
  "flex min-h-9 list-none items-center gap-2 rounded-sm text-muted text-sm hover:text-ink [&::-webkit-details-marker]:hidden";

function Chevron() {
  return (
    <ChevronRight
      aria-hidden
      className="size-4 shrink-0 transition-transform group-open:rotate-90"
    />
  );
}

function Rows({ facts, forget, correct }: FactListProps) {
  return (
    <ul className="flex flex-col">
      {facts.map((fact) => (
        <li
          key={fact.id}
          className="border-line border-t py-3 first:border-t-0 first:pt-1 last:pb-0"
        >
          <div className="flex flex-wrap items-start justify-between gap-x-4 gap-y-2">
            <div className="min-w-0 grow basis-56">
              <p className="flex flex-wrap items-center gap-x-2.5 gap-y-1">
                <Badge>{nameOfPredicate(fact.predicate)}</Badge>
                <span dir="auto" className="min-w-0 break-words font-medium">
                  {fact.value}
                </span>
              </p>
              <Origin fact={fact} />
            </div>
            <ForgetForm
              forget={forget}
              fields={{ factId: fact.id }}
              label="Forget"
              about={`${nameOfPredicate(fact.predicate)}: ${fact.value}`}
            />
          </div>
          {fact.holds ? <Correct fact={fact} correct={correct} /> : null}
        </li>
      ))}
    </ul>
  );
}

function Correct({ fact, correct }: { fact: ShownFact; correct: FormAct<ForgetCount> }) {
  const name = nameOfPredicate(fact.predicate);
  return (
    <details className="group">
      <summary className={summary}>
        <Chevron />
        Correct
        <VisuallyHidden>{` ${name}: ${fact.value}`}</VisuallyHidden>
      </summary>
      <CorrectForm correct={correct} factId={fact.id} name={name} value={fact.value} />
    </details>
  );
}

const link = "rounded-sm underline decoration-line-strong underline-offset-4 hover:text-ink";

/** The message that said so, where it stands, and until when it held. */
function Origin({
  fact: { source, corrected, since, until, holds, replacedBy },
}: {
  fact: ShownFact;
}) {
  return (
    <p className="mt-1 text-muted text-xs">
      {source ? (
        <>
          <Link href={`/chat/${source.conversationId}`} className={link}>
            You wrote
          </Link>
          : “
          <q dir="auto" className="break-words [quotes:none]">
            {shorten(source.text)}
          </q>
          ”
        </>
      ) : corrected ? (
        "You wrote it here"
      ) : (
        "From a message that is forgotten"
      )}{" "}
      · <Time at={since} />
      {!holds && until ? (
        <>
          {" "}
          · until <Time at={until} />
          {replacedBy ? <>, then “{replacedBy}”</> : null}
        </>
      ) : null}
    </p>
  );
}
