import Image from "next/image";
import { Badge } from "@/components/ui/badge";
import { formatMoney, type Product } from "@/lib/shop/schema";
import { choicesOf, isSoldOut } from "./choices";

/** One thing that the shop sells. `early` is one that may be on the first screen. */
export function ProductCard({ product, early }: { product: Product; early: boolean }) {
  const choices = choicesOf(product);
  return (
    <article className="flex h-full flex-col">
      <div className="relative overflow-hidden rounded-lg border border-line">
        <Image
          src={product.image}
          alt=""
          width={320}
          height={240}
          unoptimized
          loading={early ? "eager" : "lazy"}
          className="block h-auto w-full"
        />
        {/* The drawings are pale; at night they would be lamps. */}
        <span
          aria-hidden
          className="absolute inset-0 bg-[light-dark(white,oklch(76%_0.01_165))] mix-blend-multiply forced-colors:hidden"
        />
        {isSoldOut(product) ? (
          <Badge className="absolute top-2.5 left-2.5 bg-surface!">Sold out for now</Badge>
        ) : null}
      </div>
      <div className="mt-3 flex flex-wrap items-baseline justify-between gap-x-3">
        <h3 className="min-w-0 font-medium text-sm">{product.name}</h3>
        <p className="text-sm tabular-nums">{formatMoney(product.priceCents, product.currency)}</p>
      </div>
      <p className="mt-0.5 text-muted text-xs">{[product.category, ...choices].join(" · ")}</p>
    </article>
  );
}
