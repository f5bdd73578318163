import Link from "next/link";

const doors = [
  { who: "Customers", href: "/chat", to: "Open the chat" },
  { who: "Support leads", href: "/desk", to: "Go to the desk" },
  { who: "Admins", href: "/admin", to: "Go to administration" },
] as const;

/** The foot of the start page: whoever one is, the way to one's own. */
export function WaysIn({ shopName }: { shopName: string }) {
  return (
    <footer className="border-line border-t">
      <div className="mx-auto flex max-w-6xl flex-col gap-x-12 gap-y-6 lg:flex-row lg:justify-between px-4 pt-8 pb-28 text-sm sm:px-6 sm:pb-10">
        <p className="max-w-[48ch] text-muted">
          {shopName} is the demo shop of Recollect: customer support that remembers you, and can
          prove it forgot. Nothing here can be bought.
        </p>
        <nav aria-label="Ways in">
          <ul className="flex flex-wrap gap-x-10 gap-y-4 lg:pr-32">
            {doors.map(({ who, href, to }) => (
              <li key={href}>
                <span className="block text-muted text-xs">{who}</span>
                <Link
                  href={href}
                  className="rounded-sm font-medium underline decoration-line-strong underline-offset-4 hover:decoration-current"
                >
                  {to}
                </Link>
              </li>
            ))}
          </ul>
        </nav>
      </div>
    </footer>
  );
}
