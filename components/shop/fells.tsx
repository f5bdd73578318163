/** The hills behind the shop's first words, in the page's own colours. */
export function Fells({ className }: { className?: string }) {
  return (
    <svg
      aria-hidden="true"
      viewBox="0 0 1440 360"
      preserveAspectRatio="xMidYMax slice"
      className={className}
    >
      <circle cx="1130" cy="118" r="46" className="fill-warning-line opacity-60" />
      <path
        className="fill-accent-soft"
        d="M0 250c90-26 150-88 236-104s128 44 214 30 150-104 262-118 168 78 262 92 152-66 246-66 150 52 220 78v198H0z"
      />
      <path
        className="fill-accent-line opacity-45"
        d="M0 296c104-12 178-72 290-76s176 54 292 40 196-86 318-84 168 66 270 66 176-56 270-52v170H0z"
      />
      <path
        className="fill-accent-line opacity-80"
        d="M0 330c150-28 260-58 420-50s230 38 396 26 262-60 396-50 164 26 228 34v70H0z"
      />
    </svg>
  );
}
