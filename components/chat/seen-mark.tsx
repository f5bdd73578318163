import { Check, CheckCheck } from "lucide-react";

/** Whether a message has only arrived or was read, in word and sign. */
export function SeenMark({ seen }: { seen: boolean }) {
  const Icon = seen ? CheckCheck : Check;
  return (
    <span className="inline-flex items-center gap-1.5">
      <Icon aria-hidden className="size-3.5" />
      {seen ? "Seen" : "Sent"}
    </span>
  );
}
