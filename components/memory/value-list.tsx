import { ChevronRight } from "lucide-react";
import { Badge } from "@/components/ui/badge";
import { Time } from "@/components/ui/time";
import type { FormAct } from "@/lib/result";
import { ForgetForm } from "./forget-form";
import { type ForgetCount, nameOfKind, type ShownValue, shorten } from "./shown";

type ValueListProps = {
  conversationId: string;
  values: readonly ShownValue[];
  forget: FormAct<ForgetCount>;
};

/** Exact values: what the person said themselves first, and folded up behind it what only answers and look-ups hold. */
export function ValueList(props: ValueListProps) {
  const own = props.values.filter(isOwn);
  const others = props.values.filter((value) => !isOwn(value));
  return (
    <>
      {own.length > 0 ? <Rows {...props} values={own} /> : null}
      {others.length > 0 ? (
        <details className="group mt-2">
          <summary className="flex min-h-9 list-none items-center gap-2 rounded-sm text-muted text-sm hover:text-ink [&::-webkit-details-marker]:hidden">
            <ChevronRight
              aria-hidden
              className="size-4 shrink-0 transition-transform group-open:rotate-90"
            />
            {others.length} {own.length > 0 ? "more " : ""}from answers and look-ups
          </summary>
          <Rows {...props} values={others} />
        </details>
      ) : null}
    </>
  );
}

function isOwn({ sources }: ShownValue): boolean {
  return sources.length === 0 || sources.some(({ role }) => role === "customer");
}

/** Each value with the messages it stands in and a button that forgets it. */
function Rows({ conversationId, values, forget }: ValueListProps) {
  return (
    <ul className="flex flex-col">
      {values.map((value) => (
        <li
          key={`${value.kind} ${value.stored}`}
          className="flex flex-wrap items-start justify-between gap-x-4 gap-y-2 border-line border-t py-3 first:border-t-0 first:pt-1 last:pb-0"
        >
          <div className="min-w-0 grow basis-56">
            <p className="flex flex-wrap items-center gap-x-2.5 gap-y-1">
              <Badge>{nameOfKind(value)}</Badge>
              <span dir="auto" className="min-w-0 break-words font-medium">
                {value.value}
              </span>
            </p>
            <Origin value={value} />
          </div>
          <ForgetForm
            forget={forget}
            fields={{ conversationId, kind: value.kind, stored: value.stored }}
            label="Forget"
            about={value.value}
          />
        </li>
      ))}
    </ul>
  );
}

function Origin({ value }: { value: ShownValue }) {
  const [first] = value.sources;
  if (!first) {
    return <p className="mt-1 text-muted text-xs">From messages that are no longer kept.</p>;
  }
  const others = value.sources.length - 1;
  return (
    <p className="mt-1 text-muted text-xs">
      {first.text === null ? (
        "Looked up for you"
      ) : (
        <>
          {first.role === "customer" ? "You wrote" : "We answered"}: “
          <q dir="auto" className="break-words [quotes:none]">
            {shorten(first.text)}
          </q>
          ”
        </>
      )}{" "}
      · <Time at={first.createdAt} />
      {others > 0 ? ` · and in ${others} more ${others === 1 ? "message" : "messages"}` : null}
    </p>
  );
}
