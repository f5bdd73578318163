import { expect, test } from "@/e2e/fixtures";
import { join, openAtDesk } from "@/e2e/support/desk";
import {
  answers,
  ask,
  type Credentials,
  composer,
  conversationOf,
  openChat,
  signIn,
} from "@/e2e/support/people";
import { startProduct } from "@/e2e/support/product";
import { openShop } from "@/e2e/support/shop";
import { withDatabase } from "@/scripts/setup/database.mjs";

// One product of their own: what is changed here holds for everybody.
test.describe.configure({ mode: "serial", timeout: 120_000 });

const shop = openShop(() => ({}));
let edda: Credentials;

/** So many days have passed for a conversation, which is over since. */
async function passDays(conversationId: string, days: number): Promise<void> {
  const { DATABASE_URL: url = "" } = shop.database.settings;
  await withDatabase(
    url,
    async (client: { query: (sql: string, values: unknown[]) => unknown }) =>
      await client.query(
        `UPDATE "Conversation" SET status = 'solved', last_message_at = now() - make_interval(days => $2)
         WHERE id = $1`,
        [conversationId, days],
      ),
  );
}

test("An admin counts what other days would remove, changes them with a day's notice, and holds what must stay; the rest goes", async ({
  arrive,
}) => {
  const visitor = () => arrive(null, { baseURL: shop.product.url });
  const [guest, claimant] = [await visitor(), await visitor()];
  const ids: string[] = [];
  for (const page of [guest, claimant]) {
    await openChat(page);
    await ask(page, "Do you repair tents?");
    ids.push(await conversationOf(page));
    await page.goto("about:blank");
  }
  const [gone = "", held = ""] = ids;
  await Promise.all(ids.map((id) => passDays(id, 25)));

  const admin = await visitor();
  edda = await join(admin, shop.adminLink, "Edda Storm");
  await admin.goto("/admin/retention");
  const calendar = admin.getByRole("table", { name: "Calendar of what goes next" });
  await expect(calendar.getByRole("row")).toHaveCount(2);
  await expect(calendar.getByRole("cell").first()).toContainText("2");
  const days = admin
    .getByRole("group", { name: "Conversations", exact: true })
    .getByLabel("Guests");
  await expect(days).toHaveValue("30");
  await days.fill("20");
  await admin.getByRole("button", { name: "Count what would go" }).click();
  const counted = admin.getByRole("table", { name: "These days would remove now" });
  await expect(counted.getByRole("row", { name: /^Conversations/ })).toContainText("2");
  await expect(days).toHaveValue("20");
  await admin.getByRole("button", { name: "Change in 24 hours" }).click();
  await expect(admin.getByText("A change takes effect on", { exact: false })).toBeVisible();
  await expect(admin.getByText("Conversations, guests: 30 days now, then 20 days")).toBeVisible();
  await admin.getByRole("button", { name: "Take it back" }).click();
  await expect(admin.getByText("A change takes effect on", { exact: false })).toHaveCount(0);

  await admin.getByLabel("What to hold").selectOption("One conversation");
  await admin.getByLabel("Which").fill(held);
  await admin.getByLabel("Why", { exact: true }).selectOption("A complaint is being looked into");
  await admin.getByRole("button", { name: "Hold", exact: true }).click();
  const holds = admin.getByRole("table", { name: "Legal holds" });
  await expect(holds).toContainText("A complaint is being looked into");
  await expect(calendar.getByRole("cell").first()).toContainText("1");

  await Promise.all(ids.map((id) => passDays(id, 31)));
  await admin.goto("about:blank");
  const { port } = new URL(shop.product.url);
  await shop.product.stop();
  // What is due goes when a process starts, and every ten minutes.
  shop.product = await startProduct(shop.database.settings, Number(port));
  await expect(async () => {
    await admin.goto("/admin/retention");
    await expect(admin.getByText("1 in the last 30 days")).toBeVisible({ timeout: 1_000 });
  }).toPass({ timeout: 30_000 });
  await guest.goto(`/chat/${gone}`);
  await expect(composer(guest)).toBeVisible();
  await expect(guest.getByText("Do you repair tents?")).toHaveCount(0);
  await claimant.goto(`/chat/${held}`);
  await expect(claimant.getByText("Do you repair tents?").first()).toBeVisible();
  await openAtDesk(admin, held);

  await admin.goto("/admin/retention");
  await holds.getByRole("button", { name: "Release" }).click();
  await expect(admin.getByText("Nothing is held.")).toBeVisible();
  for (const each of [admin, guest, claimant]) {
    await each.goto("about:blank");
  }
});

test("A customer is asked again before their next message, once an admin has published other words", async ({
  arrive,
}) => {
  const visitor = () => arrive(null, { baseURL: shop.product.url });
  const page = await visitor();
  await openChat(page);
  await ask(page, "Do you repair tents?");
  const address = page.url();
  await page.goto("/privacy");
  await expect(page.getByLabel("Show support figures about me")).not.toBeChecked();
  await page.goto(address);
  await expect(composer(page)).toBeVisible();

  const admin = await visitor();
  await signIn(admin, edda, "/admin/consent");
  await expect(admin.getByText("Nobody is named who answers for the data")).toBeVisible();
  await admin.getByLabel("Who is responsible").fill("Fellside Outdoor Ltd, 5 Mill Road, Kendal");
  await admin.getByLabel("How they are reached").fill("privacy@fellside.example");
  await admin.getByRole("button", { name: "Publish, and ask everybody again" }).click();
  const versions = admin.getByRole("table", { name: "Versions" });
  await expect(versions.getByRole("row", { name: /In force/ })).toContainText("Edda Storm");
  await expect(admin.getByText("Nobody is named who answers for the data")).toHaveCount(0);

  await composer(page).fill("And how long does that take?");
  await composer(page).press("Enter");
  await expect(page.getByText("The words that you agreed to have changed")).toBeVisible();
  await page.getByRole("link", { name: "Read them" }).click();
  await expect(page.getByText("These words have changed since you last agreed.")).toBeVisible();
  await expect(page.getByText("Fellside Outdoor Ltd", { exact: false })).toBeVisible();
  await page.getByLabel("Show support figures about me").check();
  await page.getByRole("button", { name: "Agree and chat" }).click();
  await expect(page).toHaveURL(address);
  await page.getByRole("button", { name: "Retry" }).click();
  await expect(answers(page)).toHaveCount(2, { timeout: 20_000 });
  await page.goto("/privacy");
  await expect(page.getByLabel("Show support figures about me")).toBeChecked();
});
