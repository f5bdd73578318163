import { OneButton } from "@/components/privacy/one-button";
import { Notice } from "@/components/ui/notice";
import { Time } from "@/components/ui/time";
import type { RetentionState } from "@/lib/privacy/schema";
import type { FormAct } from "@/lib/result";
import { changesOf, daysText } from "./retention-words";

type RetentionPendingProps = {
  state: RetentionState;
  /** Staff by id. */
  names: Record<string, string>;
  takeBack: FormAct;
};

/** The change that waits for its day, which every admin may take back until then. */
export function RetentionPending({ state, names, takeBack }: RetentionPendingProps) {
  const { pending, rules } = state;
  if (!pending) {
    return null;
  }
  return (
    <Notice
      tone="warning"
      quiet
      title={
        <>
          A change takes effect on <Time at={pending.from} show="full" />
        </>
      }
      action={<OneButton action={takeBack} label="Take it back" size="sm" />}
    >
      <ul className="flex flex-col gap-0.5">
        {changesOf(rules, pending.rules).map(({ what, before, after }) => (
          <li key={what}>
            {what}: {daysText(before)} now, then {daysText(after)}
          </li>
        ))}
      </ul>
      <p className="mt-1 text-muted">
        Planned by {names[pending.by] ?? "a colleague"}. Where days get longer, customers are asked
        to agree again before their next message.
      </p>
    </Notice>
  );
}
