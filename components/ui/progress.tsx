type ProgressProps = { label: string; value: number; max: number; valueText?: string };

/** How far something measurable has come. Drawn by width, so forced colours keep it. */
export function Progress({ label, value, max, valueText }: ProgressProps) {
  const share = max > 0 ? Math.min(Math.max(value / max, 0), 1) : 0;
  return (
    <div
      role="progressbar"
      aria-label={label}
      aria-valuemin={0}
      aria-valuemax={max}
      aria-valuenow={Math.min(Math.max(value, 0), max)}
      {...(valueText ? { "aria-valuetext": valueText } : {})}
      className="h-2 w-full overflow-hidden rounded-full border border-line bg-sunken"
    >
      <div
        className="h-full rounded-full bg-accent transition-[width] duration-300 forced-colors:bg-[Highlight]"
        style={{ width: `${(share * 100).toFixed(2)}%` }}
      />
    </div>
  );
}
