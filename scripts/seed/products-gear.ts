import type { Product } from "@/lib/shop/schema";
import { product, single, sizes, type Wanted } from "./product";

const gear: Wanted[] = [
  {
    id: "fellbound-rucksack-45",
    picture: "backpack",
    name: "Fellbound rucksack 45 l",
    category: "Rucksacks",
    priceCents: 15900,
    description:
      "A trekking rucksack of 45 litres for hut tours of a week. Adjustable back, a hip belt that carries, rain cover included. 1,480 g.",
    variants: sizes(["regular back", "long back"], ["pine", "slate"]),
  },
  {
    id: "fellbound-daypack-22",
    picture: "backpack",
    name: "Fellbound daypack 22 l",
    category: "Rucksacks",
    priceCents: 8900,
    description:
      "A daypack with 22 litres, an airy mesh back and room for a 2-litre bladder. 720 g.",
    variants: single({ colour: "ember" }, 14, { colour: "slate" }, 31),
  },
  {
    id: "lowdale-tent-2",
    picture: "tent",
    name: "Lowdale tent for two",
    category: "Tents",
    priceCents: 32900,
    description:
      "A freestanding three-season tent for two with two doors and two porches. Pitches in six minutes, inner and outer together. 2.1 kg.",
    variants: single({ colour: "moss" }, 9),
  },
  {
    id: "hushwood-tent-1",
    picture: "tent",
    name: "Hushwood tent for one",
    category: "Tents",
    priceCents: 27900,
    description:
      "A one-person tent of 1.1 kg that pitches with one trekking pole. For people who count grams and sleep still.",
    variants: single({ colour: "stone" }, 0),
  },
  {
    id: "nightfold-sleeping-bag",
    picture: "sleeping-bag",
    name: "Nightfold sleeping bag",
    category: "Sleeping",
    priceCents: 24900,
    description:
      "A down sleeping bag, comfortable to −2 °C. 650 fill, a draught collar and a zip that does not bite. 890 g, with a cotton bag for storage at home.",
    variants: sizes(["regular", "long"], ["night blue"]),
  },
  {
    id: "restover-mat",
    picture: "sleeping-mat",
    name: "Restover sleeping mat",
    category: "Sleeping",
    priceCents: 11900,
    description:
      "An inflatable mat, 7 cm thick, R-value 4.2: warm from spring to late autumn. With a pump sack and a repair kit. 480 g.",
    variants: sizes(["regular", "wide"], ["fern"]),
  },
  {
    id: "kindling-stove",
    picture: "camp-stove",
    name: "Kindling gas stove",
    category: "Cooking",
    priceCents: 5900,
    description:
      "A folding gas stove of 86 g that boils half a litre in three minutes. For screw-on cartridges; we cannot post cartridges by air.",
    variants: single({}, 40),
  },
  {
    id: "potter-cookset",
    picture: "cook-set",
    name: "Potter cook set",
    category: "Cooking",
    priceCents: 4900,
    description:
      "Two anodised pots, a pan and a handle for two people. Everything nests around a gas cartridge. 520 g.",
    variants: single({}, 22),
  },
  {
    id: "lodestar-headtorch",
    picture: "headlamp",
    name: "Lodestar head torch",
    category: "Lights",
    priceCents: 4500,
    description:
      "A rechargeable head torch of 350 lumens with a red light for huts. Burns 6 hours at full power, 80 hours at reading light. USB-C. Splash-proof.",
    variants: single({ colour: "black" }, 57),
  },
  {
    id: "steadfast-poles",
    picture: "trekking-poles",
    name: "Steadfast trekking poles",
    category: "Accessories",
    priceCents: 8400,
    description:
      "A pair of aluminium folding poles with cork grips, 110 to 130 cm. Spare tips and baskets for snow are included.",
    variants: single({}, 18),
  },
  {
    id: "waterline-filter",
    picture: "water-bottle",
    name: "Waterline filter bottle",
    category: "Accessories",
    priceCents: 4200,
    description:
      "A soft bottle of 0.7 litres with a hollow-fibre filter: drink from a mountain stream. The filter lasts for 1,000 litres and must not freeze.",
    variants: single({}, 33),
  },
  {
    id: "drystow-bags",
    picture: "dry-bags",
    name: "Drystow bags, set of three",
    category: "Accessories",
    priceCents: 2900,
    description:
      "Roll-top dry bags of 3, 8 and 15 litres that keep a sleeping bag dry in a wet rucksack.",
    variants: single({}, 46),
  },
];

export const gearProducts: Product[] = gear.map(product);
