import { parseArgs } from "node:util";
import { demoShop } from "@/lib/shop";
import { Kept } from "@/scripts/setup/kept-tables";
import { figuresLine, figuresTable } from "./figures";
import { call, showProduct } from "./tools-calls";
import { type Case, type RetailData, readCases, readShopData } from "./tools-data";
import { diff } from "./tools-diff";
import { importRetail, type People, showOrder, showUser } from "./tools-shop";

const USAGE = "npm run eval -- tools --data FOLDER --cases FILE [--json] [--show]";

type Shop = { products: object; users: Record<string, unknown>; orders: Record<string, unknown> };

/** These people's part of the shop in the data's shape, and its products, read through our doors. */
async function readShop(people: People): Promise<Shop> {
  const orders: Shop["orders"] = {};
  const users: Shop["users"] = {};
  for (const [userId, { caller }] of people) {
    users[userId] = await showUser(people, userId);
    for (const order of await demoShop.findOrders(caller, 1000)) {
      orders[`#${order.number}`] = showOrder(order, userId);
    }
  }
  const products = (await demoShop.listProducts()).map((each) => [each.id, showProduct(each)]);
  return { products: Object.fromEntries(products), users, orders };
}

type Told = { same: boolean; what: string };

/** The same after a case: rows that are as they were are not opened again. */
async function readChanged(people: People, kept: Kept, before: Shop): Promise<Shop> {
  const changed = await kept.changed();
  const touched = [...people].filter(([, { caller }]) => changed.people.has(caller.id));
  const { products, users, orders } = await readShop(new Map(touched));
  return {
    products: changed.products ? products : before.products,
    users: { ...before.users, ...users },
    orders: { ...before.orders, ...orders },
  };
}

/** Makes a case's calls and compares what each answers, and then what the shop holds, letter by letter. */
async function replay(
  { people, kept, before }: { people: People; kept: Kept; before: Shop },
  { task_id, calls, db_diff }: Case,
) {
  const told: Told[] = [];
  for (const made of calls) {
    const answer = await call(people, made);
    const [ours, theirs] = [JSON.stringify(answer), JSON.stringify(made.output)];
    told.push({
      same: ours === theirs,
      what: `case ${task_id}, ${made.name}:\n  ours   ${ours}\n  theirs ${theirs}`,
    });
  }
  const changed = diff(before, await readChanged(people, kept, before));
  const [ours, theirs] = [JSON.stringify(changed), JSON.stringify(db_diff)];
  const what = `case ${task_id}, what changed:\n  ours   ${ours}\n  theirs ${theirs}`;
  return { told, changes: { same: ours === theirs, what } };
}

async function measure(data: RetailData, raw: unknown, cases: readonly Case[], show: boolean) {
  const people = await importRetail(data);
  const kept = new Kept(process.env["DATABASE_URL"] ?? "");
  await kept.keep();
  const before = await readShop(people);
  const lost = diff(raw, before);
  if (lost.length > 0) {
    throw new Error(`The import changed the data: ${JSON.stringify(lost.slice(0, 3))}`);
  }
  const figures = { callsIdentical: 0, callsTotal: 0, diffsIdentical: 0, diffsTotal: 0 };
  for (const each of cases) {
    const { told, changes } = await replay({ people, kept, before }, each);
    figures.callsTotal += told.length;
    figures.callsIdentical += told.filter(({ same }) => same).length;
    figures.diffsTotal += 1;
    figures.diffsIdentical += changes.same ? 1 : 0;
    for (const { what } of show ? [...told, changes].filter(({ same }) => !same) : []) {
      console.error(what);
    }
    await kept.putBack();
  }
  await kept.end();
  return figures;
}

const { values } = parseArgs({
  options: {
    data: { type: "string" },
    cases: { type: "string" },
    json: { type: "boolean", default: false },
    show: { type: "boolean", default: false },
  },
});
if (!(values.data && values.cases)) {
  console.error(USAGE);
  process.exitCode = 2;
} else {
  const { raw, data } = readShopData(values.data);
  const cases = readCases(values.data, values.cases);
  const figures = await measure(data, raw, cases, values.show);
  console.log(values.json ? figuresLine("tools", figures, 1) : figuresTable(figures));
  // The product's pool of connections would wait for more to do.
  process.exit(0);
}
