import { classNames } from "./class-names";
import { initials } from "./initials";

type AvatarProps = {
  name: string;
  size?: "sm" | "md" | "lg";
  tone?: "neutral" | "accent";
};

const sizes = {
  sm: "size-7 text-[0.6875rem]",
  md: "size-9 text-xs",
  lg: "size-12 text-base",
} as const;
const tones = {
  neutral: "border-line bg-sunken text-muted",
  accent: "border-accent-line bg-accent-soft text-accent-ink",
} as const;

/** A person by their initials. Decoration: the name stands beside it, or is said another way. */
export function Avatar({ name, size = "md", tone = "neutral" }: AvatarProps) {
  return (
    <span
      aria-hidden
      className={classNames(
        "inline-flex shrink-0 select-none items-center justify-center rounded-full border font-semibold",
        sizes[size],
        tones[tone],
      )}
    >
      {initials(name)}
    </span>
  );
}
