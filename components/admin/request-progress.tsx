import { Check } from "lucide-react";
import { Card } from "@/components/ui/card";
import { Progress } from "@/components/ui/progress";
import { type DataRequestView, ErasureStep } from "@/lib/privacy/schema";
import { stepNames } from "./request-words";

/** How far an erasure has come. Each step is noted when it is done, so a run that broke goes on from here. */
export function RequestProgress({ request }: { request: DataRequestView }) {
  const all = ErasureStep.options;
  const done = all.filter((step) => request.steps.includes(step));
  return (
    <Card title="Progress">
      <Progress
        label="Steps of the erasure"
        value={done.length}
        max={all.length}
        valueText={`${done.length} of ${all.length} steps`}
      />
      <ol className="mt-4 flex flex-col gap-1.5 text-sm">
        {all.map((step) => (
          <li key={step} className="flex items-start gap-2">
            <span className="mt-0.5 flex size-4.5 shrink-0 items-center justify-center rounded-full border border-line">
              {done.includes(step) ? (
                <Check aria-hidden className="size-3.5 text-success-ink" />
              ) : null}
            </span>
            <span className={done.includes(step) ? "" : "text-muted"}>
              {stepNames[step]}
              <span className="sr-only">{done.includes(step) ? ", done" : ", not yet"}</span>
            </span>
          </li>
        ))}
      </ol>
    </Card>
  );
}
