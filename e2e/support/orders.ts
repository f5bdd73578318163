import { execFile } from "node:child_process";
import { promisify } from "node:util";
import type { Credentials } from "./people";

const CODE = `
const { findDemoCustomer } = await import("./scripts/seed/people.ts");
const { demoOrders } = await import("./scripts/seed/orders.ts");
const { demoProfiles } = await import("./scripts/seed/profiles.ts");
const { clothingProducts } = await import("./scripts/seed/products-clothing.ts");
const { gearProducts } = await import("./scripts/seed/products-gear.ts");
const { importOrder, importProfile } = await import("./lib/shop/index.ts");
const [email, number, wanted] = process.argv.slice(1);
const orders = demoOrders([...clothingProducts, ...gearProducts], new Date());
const draft = orders.jonas.find(({ status }) => status === wanted);
const owner = await findDemoCustomer(email);
await importProfile(owner, demoProfiles.jonas);
await importOrder(owner, { ...draft, number });
process.exit(0);
`;

/** Which of the demo's orders it is, and whose settings name the database, where that is not this run's own. */
type Placing = { status?: "packed" | "delivered"; settings?: Record<string, string> };

/**
 * An order of this customer, as the shop would have taken it: one that has not left the warehouse, or one that was
 * delivered a week ago and paid by gift card. Returns its number.
 */
export async function placeOrder(
  { email }: Pick<Credentials, "email">,
  { status = "packed", settings = {} }: Placing = {},
): Promise<string> {
  const number = `ORD-${Math.floor(Math.random() * 9e9) + 1e9}`;
  await promisify(execFile)(
    process.execPath,
    [
      "--conditions=react-server",
      "--import=tsx",
      "--input-type=module",
      "--eval",
      CODE,
      email,
      number,
      status,
    ],
    { env: { ...process.env, ...settings } },
  );
  return number;
}
