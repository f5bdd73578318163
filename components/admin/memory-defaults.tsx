import { Table } from "@/components/ui/table";
import { type MemoryPanel, MemoryStrategy } from "@/lib/memory/schema";
import { strategyNames } from "./strategy-names";

/** What each limit means, for those who run the shop; one that is new here is shown by its own name. */
const labels: Record<string, string> = {
  strategy: "Strategy",
  windowTurns: "Turns that the window shows",
  maxTokenLimit: "Tokens kept word for word before older turns are folded",
  lowWater: "Share of them that stays after a fold",
  hardLimitFactor: "Most that memory takes of a prompt, as a multiple of them",
  summaryTokensMax: "Tokens of a summary, at most",
  ledgerItemsMax: "Exact values kept beside a summary, at most",
  optimizerTokensMax: "Tokens of a long backlog that are folded at a time",
  foldTokensMax: "A fold also starts above this many tokens",
  foldMessagesMax: "A fold also starts above this many messages",
  summariserTimeoutSeconds: "Seconds that a summary may take",
  ttlHours: "Hours that Redis keeps an idle conversation",
  compressAboveBytes: "Bytes above which memory is compressed",
  lruConversationsMax: "Conversations kept open in a process, at most",
  lruSeconds: "Seconds that one is kept open",
  recall: "Folded turns come back when a question touches them (1: yes, 0: no)",
  recallTokensMax: "Tokens of turns that come back, at most",
  recallAssistantWeight: "Weight of what the assistant said, beside the customer's words",
  recallMessagesMax: "Messages that a process keeps ready to be found, at most",
  recallWaitMs: "Milliseconds that a turn waits until they can be found",
  factTokensMax: "Tokens of facts from other conversations in a prompt, at most",
  factConfidenceMin: "Facts less sure than this are not kept (0 to 1)",
  factsMax: "Facts kept of one customer, at most",
  factMatterDays: "Days after which an open matter counts as closed",
  metricsKept: "Operations kept for this page",
  slowAboveMs: "Milliseconds above which an operation is slow",
  warnAboveChars: "Characters of memory that give a warning",
  warnAboveSystemMemoryShare: "Share of the system's memory in use that gives a warning",
  healthCheckSeconds: "Seconds between two checks of each store",
  reportMinutes: "Minutes between two reports of a process",
};

/** The limits that hold in this installation. */
export function MemoryDefaults({ defaults }: { defaults: MemoryPanel["defaults"] }) {
  const rows = Object.entries(defaults).map(([name, value]) => ({ name, value }));
  return (
    <section>
      <Table
        caption="Limits in force"
        captionShown
        rows={rows}
        rowKey={({ name }) => name}
        columns={[
          {
            key: "name",
            header: "Limit",
            primary: true,
            cell: ({ name }) => labels[name] ?? spaced(name),
          },
          {
            key: "value",
            header: "Value",
            align: "end",
            cell: ({ name, value }) => written(name, value),
          },
        ]}
      />
    </section>
  );
}

function written(name: string, value: string | number): string {
  if (typeof value === "number") {
    return value.toLocaleString("en");
  }
  return name === "strategy" ? strategyNames[MemoryStrategy.parse(value)] : value;
}

/** "tokensMax" read aloud: "Tokens max". */
function spaced(name: string): string {
  const words = name.replace(/[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`);
  return words.charAt(0).toUpperCase() + words.slice(1);
}
