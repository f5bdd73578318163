import { Stat, Stats } from "@/components/ui/stat";
import { Time } from "@/components/ui/time";
import type { TurnQueue } from "@/lib/health/schema";
import type { JobQueue } from "@/lib/job/schema";

/** How much waits, and how long the oldest of it has. */
export function QueueStats({ turns, jobs }: { turns: TurnQueue; jobs: JobQueue }) {
  return (
    <section aria-labelledby="queues">
      <h2 id="queues" className="mb-3 text-base">
        What waits
      </h2>
      <Stats>
        <Stat
          label="Answers that wait"
          value={turns.pending}
          hint={oldest(turns.oldestPendingAt, "Nobody waits for an answer of the AI.")}
        />
        <Stat label="Answers being written" value={turns.running} />
        <Stat
          label="Jobs that wait"
          value={jobs.due}
          hint={oldest(jobs.oldestDueAt, `${jobs.later.toLocaleString("en")} are for later.`)}
        />
        <Stat label="Jobs at work" value={jobs.active} />
        <Stat
          label="Jobs to be tried again"
          value={jobs.retrying}
          hint="By themselves, with growing pauses."
        />
      </Stats>
    </section>
  );
}

function oldest(at: string | null, none: string) {
  return at ? (
    <>
      The oldest since <Time at={at} />.
    </>
  ) : (
    none
  );
}
