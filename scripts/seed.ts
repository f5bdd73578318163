import { createFirstAdminInvite } from "@/lib/auth";
import { env } from "@/lib/env";
import { seedConversations } from "./seed/conversations";
import { demoPeople, findDemoCustomer, seedPeople } from "./seed/people";
import { seedArticles, seedOrders, seedProducts } from "./seed/shop";

/**
 * Fills a new database; run again, it adds what is missing and changes nothing that is there.
 * SEED=demo: shop, help pages, people with public passwords, a few conversations. SEED=none: nothing.
 */
async function seed(): Promise<void> {
  if (env.SEED === "none") {
    const invite = await createFirstAdminInvite();
    if (invite) {
      const site = env.PUBLIC_URL ?? `http://localhost:${env.PORT}`;
      say(`first-admin-link: ${new URL(`/invite/${invite.token}`, site)}`);
    }
    return;
  }
  await seedProducts();
  await seedArticles();
  await seedPeople();
  const maya = await findDemoCustomer("maya@example.com");
  const jonas = await findDemoCustomer("jonas@example.com");
  await seedOrders(maya, jonas, new Date());
  await seedConversations(maya, jonas);
  for (const { role, email, password } of demoPeople) {
    say(`sign-in: ${role} ${email} ${password}`);
  }
}

function say(line: string): void {
  process.stdout.write(`${line}\n`);
}

await seed();
process.exit(0);
