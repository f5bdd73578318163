import { expect, test } from "@/e2e/fixtures";
import { answer, join, openAtDesk, takeOver } from "@/e2e/support/desk";
import {
  everythingHeldInRedis,
  everythingInDatabase,
  everythingInFiles,
  findLeaks,
  planted,
} from "@/e2e/support/leak";
import { ask, composer, conversationOf, openChat, replies } from "@/e2e/support/people";
import { openShop, scripted } from "@/e2e/support/shop";
import { withDatabase } from "@/scripts/setup/database.mjs";

// One product with a model of its own, so that all that it says to anybody can be read.
test.describe.configure({ mode: "serial" });

const shop = openShop((model) => ({
  ...scripted(model),
  LOG_LEVEL: "debug",
  MEMORY_DEBUG: "1",
}));

test("A customer's name, address and numbers are read by them and by the lead who owns the case, and by no model, log, job or store", async ({
  arrive,
}) => {
  shop.model.script({
    match: "Nice to meet you",
    steps: [{ text: "Hello [PERSON_1], shall I call [PHONE_1] or write to [EMAIL_1]?" }],
  });
  shop.model.script({ steps: [{ text: "Thank you, that is noted." }], repeat: true });
  const page = await arrive(null, { baseURL: shop.product.url });
  await openChat(page);
  const hello = await ask(
    page,
    `Nice to meet you, my name is ${planted.name}: ${planted.email} or ${planted.phone}, from ${planted.ip}.`,
  );
  await expect(hello).toContainText(
    `Hello ${planted.name}, shall I call ${planted.phone} or write to ${planted.email}`,
  );
  await ask(page, `I live at ${planted.address}. My IBAN is ${planted.iban}.`);
  await page.reload();
  const mine = page.getByRole("article", { name: "You wrote" });
  await expect(mine.filter({ hasText: planted.address })).toBeVisible();
  await composer(page).fill(
    `SSN ${planted.ssn}, card ${planted.card}, and my password is ${planted.password}`,
  );
  await composer(page).press("Enter");
  await expect(mine.filter({ hasText: `SSN ${planted.ssn}, card [CARD]` })).toBeVisible();
  const id = await conversationOf(page);

  const desk = await arrive(null, { baseURL: shop.product.url });
  await join(desk, shop.adminLink, "Astrid Berg");
  await openAtDesk(desk, id);
  await expect(desk.getByRole("main")).toContainText("I live at [ADDRESS_1].");
  await expect(desk.getByRole("main")).not.toContainText(planted.name);
  await takeOver(desk);
  await expect(desk.getByRole("main")).toContainText(planted.address);
  await answer(desk, `Dear ${planted.name}, it goes to ${planted.address} then.`);
  await expect(replies(page)).toContainText(planted.name);

  // A page without its server complains.
  await Promise.all([page.close(), desk.close()]);
  await shop.product.stop();
  expect(findLeaks(planted, await everythingHeard())).toEqual([]);
  expect(shop.model.requests().length).toBeGreaterThan(1);
});

test("What is planted on purpose is found wherever it stands", async () => {
  const { DATABASE_URL: url = "" } = shop.database.settings;
  await withDatabase(
    url,
    async (client: { query: (sql: string, values?: unknown[]) => unknown }) => {
      await client.query("CREATE TABLE leaked (payload jsonb, bytes bytea)");
      await client.query("INSERT INTO leaked VALUES ($1, $2)", [
        JSON.stringify({ to: planted.email }),
        Buffer.from(`for ${planted.name}`),
      ]);
    },
  );
  const token = Buffer.from(`{"card":"${planted.card}"}`).toString("base64");
  const places = [
    ...(await everythingHeard()),
    { where: "a log", text: `GET /?q=${encodeURIComponent(planted.iban)} Braskweather` },
    { where: "a request", text: token },
  ];
  expect(findLeaks(planted, places)).toEqual([
    "name in table public.leaked",
    "email in table public.leaked",
    "name in a log",
    "iban in a log",
    "card in a request",
  ]);
});

async function everythingHeard() {
  const { DATABASE_URL: url = "", DATA_DIR: files = "" } = shop.database.settings;
  return [
    { where: "what the model heard", text: JSON.stringify(shop.model.requests()) },
    { where: "what the product printed", text: shop.product.said() },
    ...(await everythingInDatabase(url)),
    ...(await everythingHeldInRedis()),
    ...(await everythingInFiles(files)),
  ];
}
