import type { Metadata } from "next";
import Link from "next/link";
import { ChatOpener, ChatPanel } from "@/components/chat/chat-panel";
import { selectAcross } from "@/components/shop/choices";
import { Hero } from "@/components/shop/hero";
import { ProductCard } from "@/components/shop/product-card";
import { Service } from "@/components/shop/service";
import { WaysIn } from "@/components/shop/ways-in";
import { buttonClass } from "@/components/ui/button";
import { EmptyState } from "@/components/ui/empty-state";
import { listPublishedArticles } from "@/lib/knowledge";
import { demoShop } from "@/lib/shop";
import { type Product, shopName } from "@/lib/shop/schema";
import { CustomerFrame } from "./customer-frame";
import { PanelContent } from "./panel-content";

export const metadata: Metadata = {
  title: { absolute: shopName },
  description: "Clothes, boots and tents for wet hills and slow mornings.",
};

type Props = { searchParams: Promise<{ gear?: string }> };

const FIRST_SHOWN = 12;

export default async function StartPage({ searchParams }: Props) {
  const [{ gear }, products, articles] = await Promise.all([
    searchParams,
    demoShop.listProducts(),
    listPublishedArticles(),
  ]);
  const shown = gear === "all" ? products : selectAcross(products, FIRST_SHOWN);
  return (
    <CustomerFrame>
      <ChatPanel title={shopName} content={<PanelContent />}>
        <Hero chat={<ChatOpener size="lg">Ask us anything</ChatOpener>} />
        <Gear shown={shown} total={products.length} />
        <Service articles={articles} />
        <WaysIn shopName={shopName} />
      </ChatPanel>
    </CustomerFrame>
  );
}

function Gear({ shown, total }: { shown: readonly Product[]; total: number }) {
  return (
    <section
      id="gear"
      aria-labelledby="gear-title"
      className="mx-auto max-w-6xl px-4 py-12 sm:px-6 sm:py-16"
    >
      <h2 id="gear-title" className="text-xl">
        The gear
      </h2>
      {total === 0 ? (
        <EmptyState heading="h3" title="The shelves are empty" action={<ToHelp />}>
          This installation has no demo shop. The chat and the help pages work all the same.
        </EmptyState>
      ) : (
        <ul className="mt-6 grid grid-cols-[repeat(auto-fill,minmax(min(8.5rem,100%),1fr))] gap-x-4 gap-y-8 sm:grid-cols-3 sm:gap-x-6 sm:gap-y-10 lg:grid-cols-4">
          {shown.map((product, place) => (
            <li key={product.id}>
              <ProductCard product={product} early={place < 4} />
            </li>
          ))}
        </ul>
      )}
      {shown.length < total ? (
        <p className="mt-10 flex justify-center">
          <Link href="/?gear=all" scroll={false} className={buttonClass("secondary", "md")}>
            Show all {total} products
          </Link>
        </p>
      ) : null}
    </section>
  );
}

function ToHelp() {
  return (
    <Link href="/help" className={buttonClass("secondary", "md")}>
      Help pages
    </Link>
  );
}
