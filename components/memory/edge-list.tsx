import { Time } from "@/components/ui/time";
import type { FormAct } from "@/lib/result";
import { ForgetForm } from "./forget-form";
import { type ForgetCount, type ShownEdge, shorten } from "./shown";

type EdgeListProps = {
  conversationId: string;
  edges: readonly ShownEdge[];
  forget: FormAct<ForgetCount>;
};

/** Who said what of whom, one relation a line, with the message it came from; what no longer holds is struck through. */
export function EdgeList({ conversationId, edges, forget }: EdgeListProps) {
  return (
    <ul className="flex flex-col">
      {edges.map((edge) => {
        const told = `${edge.subject} ${edge.predicate} ${edge.object}`;
        return (
          <li
            key={`${told} ${edge.source?.createdAt} ${edge.until}`}
            className="flex flex-wrap items-start justify-between gap-x-4 gap-y-2 border-line border-t py-3 first:border-t-0 first:pt-1 last:pb-0"
          >
            <div className="min-w-0 grow basis-56">
              <p dir="auto" className="break-words text-sm">
                {edge.until ? <s>{told}</s> : told}
              </p>
              <p className="mt-1 text-muted text-xs">
                {edge.source ? (
                  <>
                    You wrote: “
                    <q dir="auto" className="break-words [quotes:none]">
                      {shorten(edge.source.text)}
                    </q>
                    ” · <Time at={edge.source.createdAt} />
                  </>
                ) : (
                  "From messages that are no longer kept."
                )}
                {edge.until ? (
                  <>
                    {" "}
                    · until <Time at={edge.until} />
                  </>
                ) : null}
              </p>
            </div>
            <ForgetForm
              forget={forget}
              fields={{ conversationId, ...edge.stored }}
              label="Forget"
              about={told}
            />
          </li>
        );
      })}
    </ul>
  );
}
