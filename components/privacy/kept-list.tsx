import { ChevronRight } from "lucide-react";

/** One place of the data map, in the words of the data map. */
export type KeptPlace = {
  name: string;
  what: string;
  purpose: string;
  basis: string;
  retention: string;
  recipients: readonly string[];
};

/** Every place where something of a customer may lie. Long, so it is folded up; a native fold, which needs no JavaScript. */
export function KeptList({ places }: { places: readonly KeptPlace[] }) {
  return (
    <details className="group rounded-lg border border-line bg-surface shadow-card">
      <summary className="flex min-h-12 list-none items-center gap-2.5 rounded-lg px-5 py-3 font-medium text-sm sm:px-6 [&::-webkit-details-marker]:hidden">
        <ChevronRight
          aria-hidden
          className="size-4.5 text-muted transition-transform group-open:rotate-90"
        />
        Every place, why, and for how long
      </summary>
      <dl className="border-line border-t px-5 pb-2 sm:px-6">
        {places.map((place) => (
          <div key={place.name} className="border-line border-t py-3.5 first:border-t-0">
            <dt className="font-medium text-sm">{capital(place.what)}</dt>
            <dd className="mt-0.5 text-muted text-sm">For {place.purpose}.</dd>
            <dd className="text-muted text-sm">
              Basis: {place.basis}. Kept: {place.retention}.
            </dd>
            {place.recipients.length > 0 ? (
              <dd className="text-muted text-sm">Also seen by: {place.recipients.join(", ")}.</dd>
            ) : null}
          </div>
        ))}
      </dl>
    </details>
  );
}

function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
