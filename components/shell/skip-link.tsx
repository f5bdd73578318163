export const MAIN_ID = "main";

/** The first stop of the keyboard: past the navigation. */
export function SkipLink() {
  return (
    <a
      href={`#${MAIN_ID}`}
      className="fixed top-2 left-2 z-50 -translate-y-20 rounded-md border border-line bg-raised px-4 py-2.5 font-medium text-sm shadow-pop transition-transform focus:translate-y-0"
    >
      Skip to content
    </a>
  );
}
