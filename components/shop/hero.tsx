import type { ReactNode } from "react";
import { buttonClass } from "@/components/ui/button";
import { Fells } from "./fells";

type HeroProps = {
  /** Opens the chat. */
  chat: ReactNode;
};

/** What the shop is, in two sentences, and the two ways on. */
export function Hero({ chat }: HeroProps) {
  return (
    <section className="relative isolate overflow-hidden border-line border-b">
      <Fells className="absolute inset-x-0 bottom-0 -z-10 h-44 w-full sm:h-64 lg:h-80" />
      <div className="mx-auto max-w-6xl px-4 pt-14 pb-48 sm:px-6 sm:pt-20 sm:pb-60 lg:pt-24 lg:pb-72">
        <h1 className="max-w-[18ch] font-semibold text-3xl">Gear for the long way round</h1>
        <p className="mt-4 max-w-[46ch] text-lg text-muted">
          Clothes, boots and tents for wet hills and slow mornings. And when something is not right,
          you only have to explain it once.
        </p>
        <div className="mt-8 flex flex-wrap gap-3">
          {chat}
          <a href="#gear" className={buttonClass("secondary", "lg")}>
            See the gear
          </a>
        </div>
      </div>
    </section>
  );
}
