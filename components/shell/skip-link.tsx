export const MAIN_ID = "main";

/** The first stop of the keyboard: past the navigation. */
export function SkipLink() {
  return (
    <a
      href={`#${MAIN_ID}`}
      className="sr-only top-2 left-2 z-50 rounded-md border border-line bg-raised font-medium text-sm shadow-pop focus:not-sr-only focus:fixed focus:px-4 focus:py-2.5"
    >
      Skip to content
    </a>
  );
}
