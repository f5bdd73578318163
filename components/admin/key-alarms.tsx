import { Notice } from "@/components/ui/notice";
import { Table } from "@/components/ui/table";
import { Time } from "@/components/ui/time";
import type { KeyAlarm } from "@/lib/privacy/schema";

type KeyAlarmsProps = { alarms: readonly KeyAlarm[] };

const codes: Record<string, string> = {
  key_absent: "The key is not in the database. Put it back from the newest key snapshot.",
  kek_absent: "The keyring lacks the key that it lies under. Put the newest keyring back.",
  does_not_open: "The key was changed. Put it back from the newest key snapshot.",
};

/** People whose data nobody can open right now, and what the operator does about it. Shown only while there are some. */
export function KeyAlarms({ alarms }: KeyAlarmsProps) {
  if (alarms.length === 0) {
    return null;
  }
  return (
    <section aria-labelledby="key-alarms" className="flex flex-col gap-3">
      <h2 id="key-alarms" className="text-base">
        Missing keys
      </h2>
      <Notice tone="danger">
        Nothing of these people can be opened right now. Nothing is lost: once the key is back,
        everything opens again. They are told the same.
      </Notice>
      <Table
        caption="Missing keys"
        rows={alarms}
        rowKey={({ pseudonym }) => pseudonym}
        columns={[
          {
            key: "who",
            header: "Who",
            primary: true,
            cell: ({ pseudonym, whose }) => (
              <>
                {whose} <code className="font-mono text-xs">{pseudonym}</code>
              </>
            ),
          },
          { key: "what", header: "What to do", cell: ({ code }) => codes[code] ?? code },
          { key: "since", header: "Since", cell: ({ firstAt }) => <Time at={firstAt} /> },
          { key: "last", header: "Last tried", cell: ({ lastAt }) => <Time at={lastAt} /> },
        ]}
      />
    </section>
  );
}
