import { Sparkles } from "lucide-react";

type GreetingProps = {
  shopName: string;
  /** Known of a customer who has told it. */
  customerName: string | null;
  /** The built-in model answers, because no other is configured. */
  offline: boolean;
};

/** What stands where the conversation will be. */
export function Greeting({ shopName, customerName, offline }: GreetingProps) {
  return (
    <div className="flex flex-col gap-3 pt-6 sm:pt-14">
      <Sparkles aria-hidden className="size-7 text-accent-ink" />
      <h2 className="font-semibold text-2xl">
        {customerName ? `Hello ${customerName}, how can we help?` : "How can we help?"}
      </h2>
      <p className="max-w-prose text-muted">
        Ask {shopName} where an order is, how a return works, or which size fits. An AI answers and
        shows what its answer rests on; a person is one click away.
      </p>
      {offline ? (
        <p className="max-w-prose text-muted text-sm">
          No language model is connected, so the built-in assistant answers: it looks things up and
          quotes them, and does not chat.
        </p>
      ) : null}
    </div>
  );
}
