/** The demo shop's sign: two ridges and the sun between them. */
export function ShopMark({ className = "size-6" }: { className?: string }) {
  return (
    <svg aria-hidden="true" viewBox="0 0 24 24" fill="none" className={className}>
      <circle cx="16.6" cy="6.4" r="2.4" fill="currentColor" />
      <path
        d="m2.2 19.5 7-11.6 4.3 7.1 2.3-3.3 6 7.8"
        stroke="currentColor"
        strokeWidth="2.2"
        strokeLinecap="round"
        strokeLinejoin="round"
      />
    </svg>
  );
}
