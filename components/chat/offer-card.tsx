import { UserRound } from "lucide-react";
import { Button } from "@/components/ui/button";

/** Two answers in a row did not help: a person is offered, and nothing happens by itself. */
export function OfferCard({ accept, decline }: { accept: () => void; decline: () => void }) {
  return (
    <section
      aria-label="Offer of a person"
      className="flex flex-wrap items-center justify-between gap-x-4 gap-y-3 rounded-lg border border-accent-line bg-accent-soft px-4 py-3"
    >
      <p role="status" className="min-w-0 grow basis-56 text-sm">
        These answers did not get you far. Would you like to talk to a person?
      </p>
      <div className="flex flex-wrap gap-2">
        <Button size="sm" variant="primary" onClick={accept}>
          <UserRound aria-hidden />
          Yes, a person please
        </Button>
        <Button size="sm" onClick={decline}>
          No, thanks
        </Button>
      </div>
    </section>
  );
}
