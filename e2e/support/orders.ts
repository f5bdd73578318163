import { execFile } from "node:child_process";
import { promisify } from "node:util";
import type { Credentials } from "./people";

const CODE = `
const { findDemoCustomer } = await import("./scripts/seed/people.ts");
const { demoOrders } = await import("./scripts/seed/orders.ts");
const { clothingProducts } = await import("./scripts/seed/products-clothing.ts");
const { gearProducts } = await import("./scripts/seed/products-gear.ts");
const { importOrder } = await import("./lib/shop/index.ts");
const [email, number] = process.argv.slice(1);
const orders = demoOrders([...clothingProducts, ...gearProducts], new Date());
const draft = orders.jonas.find(({ status }) => status === "packed");
await importOrder(await findDemoCustomer(email), { ...draft, number });
process.exit(0);
`;

/** An order of this customer that has not left the warehouse, as the shop would have taken it; returns its number. */
export async function placeOrder({ email }: Pick<Credentials, "email">): Promise<string> {
  const number = `ORD-${Math.floor(Math.random() * 9e9) + 1e9}`;
  await promisify(execFile)(process.execPath, [
    "--conditions=react-server",
    "--import=tsx",
    "--input-type=module",
    "--eval",
    CODE,
    email,
    number,
  ]);
  return number;
}
