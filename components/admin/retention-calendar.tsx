import { Table } from "@/components/ui/table";
import type { RetentionDay } from "@/lib/privacy/schema";

type RetentionCalendarProps = { coming: readonly RetentionDay[]; days: number };

/** How much falls due on which day. */
export function RetentionCalendar({ coming, days }: RetentionCalendarProps) {
  return (
    <section aria-labelledby="calendar" className="flex flex-col gap-4">
      <div>
        <h2 id="calendar" className="text-base">
          What goes next
        </h2>
        <p className="max-w-prose text-muted text-sm">
          Conversations that are over and guests who have none left, by the day on which their days
          end, for the next {days} days. Days in UTC.
        </p>
      </div>
      {coming.length === 0 ? (
        <p className="text-muted text-sm">Nothing falls due in the next {days} days.</p>
      ) : (
        <Table
          caption="Calendar of what goes next"
          rows={coming}
          rowKey={({ day }) => day}
          columns={[
            {
              key: "day",
              header: "Day",
              primary: true,
              cell: ({ day }) => <time dateTime={day}>{dayText(day)}</time>,
            },
            {
              key: "conversations",
              header: "Conversations",
              align: "end",
              cell: ({ conversations }) => conversations.toLocaleString("en"),
            },
            {
              key: "guests",
              header: "Guests' records",
              align: "end",
              cell: ({ guests }) => guests.toLocaleString("en"),
            },
          ]}
        />
      )}
    </section>
  );
}

function dayText(day: string): string {
  return new Date(`${day}T00:00:00Z`).toLocaleDateString("en", {
    weekday: "short",
    day: "numeric",
    month: "long",
    timeZone: "UTC",
  });
}
