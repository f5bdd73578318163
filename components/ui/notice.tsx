import { CircleAlert, CircleCheck, Info, TriangleAlert } from "lucide-react";
import type { ReactNode } from "react";
import { classNames } from "./class-names";

export type NoticeTone = "info" | "success" | "warning" | "danger";

const looks = {
  info: { box: "border-info-line bg-info-soft", ink: "text-info-ink", Icon: Info },
  success: {
    box: "border-success-line bg-success-soft",
    ink: "text-success-ink",
    Icon: CircleCheck,
  },
  warning: {
    box: "border-warning-line bg-warning-soft",
    ink: "text-warning-ink",
    Icon: TriangleAlert,
  },
  danger: { box: "border-danger-line bg-danger-soft", ink: "text-danger-ink", Icon: CircleAlert },
} as const;

type NoticeProps = {
  tone?: NoticeTone;
  title?: ReactNode;
  action?: ReactNode;
  /** A banner runs across the page without corners. */
  shape?: "box" | "banner";
  /** Standing text that was there from the start is not announced. */
  quiet?: boolean;
  className?: string;
  children?: ReactNode;
};

/** Says what happened and what can be done. Danger interrupts a screen reader; the others wait. */
export function Notice({
  tone = "info",
  title,
  action,
  shape = "box",
  quiet,
  className,
  children,
}: NoticeProps) {
  const { box, ink, Icon } = looks[tone];
  const announced = tone === "danger" ? "alert" : "status";
  return (
    <div
      {...(quiet ? {} : { role: announced })}
      className={classNames(
        "flex flex-wrap items-start gap-x-3 gap-y-2 text-sm",
        shape === "box" ? "rounded-lg border px-4 py-3" : "border-b px-4 py-2.5 sm:px-6",
        box,
        className,
      )}
    >
      <Icon aria-hidden className={classNames("mt-0.5 size-4.5 shrink-0", ink)} />
      <div className="min-w-0 grow basis-48">
        {title ? <p className={classNames("font-medium", ink)}>{title}</p> : null}
        {children ? <div className={title ? "text-ink" : ink}>{children}</div> : null}
      </div>
      {action ? <div className="flex shrink-0 flex-wrap gap-2">{action}</div> : null}
    </div>
  );
}
