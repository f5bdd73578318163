import type { Product } from "@/lib/shop/schema";
import { product, sizes, type Wanted } from "./product";

const wear = ["XS", "S", "M", "L", "XL"];
const shoes = ["37", "38", "39", "40", "41", "42", "43", "44", "45"];

const clothing: Wanted[] = [
  {
    id: "rainfell-jacket",
    picture: "rain-shell",
    name: "Rainfell waterproof jacket",
    category: "Jackets",
    priceCents: 18900,
    description:
      "A three-layer shell for days when the rain does not ask. Taped seams, 20,000 mm water column, a hood that fits over a helmet and two-way zips under the arms. 390 g.",
    variants: sizes(wear, ["slate", "moss"]),
  },
  {
    id: "skarn-down-jacket",
    picture: "down-jacket",
    name: "Skarn down jacket",
    category: "Jackets",
    priceCents: 22900,
    description:
      "A warm, light down jacket for cold mornings and huts without a stove. 700 fill traceable duck down, packs into its own pocket. 340 g. Not for wet weather on its own.",
    variants: sizes(wear, ["rust", "night blue"]),
  },
  {
    id: "windle-softshell",
    picture: "rain-shell",
    name: "Windle softshell",
    category: "Jackets",
    priceCents: 11900,
    description:
      "Stretchy and windproof, and it breathes on the way up. Sheds a shower, not a downpour. A chest pocket holds a phone away from the rucksack's straps.",
    variants: sizes(wear, ["slate", "fern"]),
  },
  {
    id: "cairn-fleece",
    picture: "fleece",
    name: "Cairn grid fleece",
    category: "Mid-layers",
    priceCents: 7900,
    description:
      "A grid fleece made of 85 % recycled polyester that dries in an hour over a stove. Thumb loops, a high collar, flat seams under a rucksack.",
    variants: sizes(wear, ["heather", "pine"]),
  },
  {
    id: "tarn-merino-shirt",
    picture: "merino-shirt",
    name: "Tarn merino shirt",
    category: "Base layers",
    priceCents: 6900,
    description:
      "A 150 g merino T-shirt that can be worn for a week of huts without offending anybody. Mulesing-free wool. Wash at 30 degrees, no softener.",
    variants: sizes(wear, ["chalk", "bilberry"]),
  },
  {
    id: "tarn-merino-leggings",
    picture: "trousers",
    name: "Tarn merino leggings",
    category: "Base layers",
    priceCents: 7500,
    description:
      "Warm 200 g merino leggings for winter walks and cold sleeping bags. Flat seams, a soft waistband.",
    variants: sizes(wear, ["black"]),
  },
  {
    id: "scree-trousers",
    picture: "trousers",
    name: "Scree walking trousers",
    category: "Trousers",
    priceCents: 9900,
    description:
      "Light stretch trousers that dry quickly, with articulated knees and two zipped thigh pockets. PFC-free water repellent.",
    variants: sizes(["S", "M", "L", "XL"], ["stone", "charcoal"]),
  },
  {
    id: "beck-overtrousers",
    picture: "trousers",
    name: "Beck rain overtrousers",
    category: "Trousers",
    priceCents: 8900,
    description:
      "Waterproof overtrousers with side zips long enough to get over a boot. Taped seams, 15,000 mm water column, 260 g.",
    variants: sizes(["S", "M", "L", "XL"], ["black"]),
  },
  {
    id: "ridgeway-boots",
    picture: "hiking-boots",
    name: "Ridgeway hiking boots",
    category: "Footwear",
    priceCents: 17900,
    description:
      "Mid-high hiking boots of waxed nubuck with a waterproof lining. Stable enough for a full rucksack, soft enough for the first day. Can be resoled. They run true to size; with thick socks take half a size more.",
    variants: sizes(shoes, ["walnut"]),
  },
  {
    id: "sprig-trail-shoes",
    picture: "trail-shoes",
    name: "Sprig trail shoes",
    category: "Footwear",
    priceCents: 12900,
    description:
      "Light, grippy trail-running shoes for fast walking and soft ground. 6 mm drop, wide toe box. They run small: take one size more.",
    variants: sizes(shoes, ["moss", "ember"]),
  },
  {
    id: "hollin-socks",
    picture: "trail-socks",
    name: "Hollin hiking socks",
    category: "Accessories",
    priceCents: 1900,
    description: "Merino blend socks, cushioned at heel and toe, with a seam that is not felt.",
    variants: sizes(["36-38", "39-41", "42-44", "45-47"], ["grey"]),
  },
  {
    id: "gritstone-gloves",
    picture: "gloves",
    name: "Gritstone gloves",
    category: "Accessories",
    priceCents: 3900,
    description:
      "Windproof gloves with leather palms that work on a phone's screen. Warm to about −5 °C while walking.",
    variants: sizes(["S", "M", "L"], ["black"]),
  },
];

export const clothingProducts: Product[] = clothing.map(product);
