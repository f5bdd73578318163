import { Notice } from "@/components/ui/notice";

/** Stands over the chat while people answer instead of the AI. */
export function AnswersOff({ on }: { on: boolean }) {
  return on ? null : (
    <Notice tone="info" shape="banner">
      People from our support team answer right now, not the AI. Write as usual; somebody will reply
      here.
    </Notice>
  );
}
