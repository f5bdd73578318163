/** The product's sign: a ring of memory, open where one thing was let go. */
export function BrandMark({ className = "size-6" }: { className?: string }) {
  return (
    <svg aria-hidden="true" viewBox="0 0 24 24" fill="none" className={className}>
      <path
        d="M20.2 9.4A8.6 8.6 0 1 1 14.6 3.8"
        stroke="currentColor"
        strokeWidth="2.6"
        strokeLinecap="round"
      />
      <circle cx="12" cy="12" r="2.9" fill="currentColor" />
      <circle cx="19.1" cy="4.9" r="1.7" fill="currentColor" />
    </svg>
  );
}
