import type { Page } from "@playwright/test";
import { expect, test } from "@/e2e/fixtures";
import { answer, join, openAtDesk, takeOver } from "@/e2e/support/desk";
import { type Mailbox, openMailbox } from "@/e2e/support/mailbox";
import {
  ask,
  askForPerson,
  type Credentials,
  composer,
  conversationOf,
  openChat,
  replies,
  signIn,
  write,
} from "@/e2e/support/people";
import {
  type Database,
  freePort,
  makeDatabase,
  type Product,
  seed,
  startProduct,
} from "@/e2e/support/product";

const ASKED = "You asked for a person.";

test.describe("in a shop with a mail server, and nobody at the desk yet", () => {
  test.describe.configure({ mode: "default" });
  let database: Database;
  let product: Product;
  let mailbox: Mailbox;
  let link: string;
  let admin: Credentials;

  test.beforeAll(async () => {
    // A second product is set up and started on a machine that tests at the same time.
    test.setTimeout(120_000);
    [database, mailbox] = await Promise.all([makeDatabase(), openMailbox()]);
    const port = await freePort();
    const { hostname } = new URL(process.env["BASE_URL"] ?? "http://127.0.0.1");
    const settings = {
      ...database.settings,
      WORKER: "inline",
      SMTP_URL: mailbox.url,
      MAIL_FROM: "Fellside <help@fellside.example>",
      PUBLIC_URL: `http://${hostname}:${port}`,
    };
    link = new URL((await seed(settings)) ?? "").pathname;
    product = await startProduct(settings, port);
  });
  test.afterAll(async () => {
    await product?.stop();
    await mailbox?.stop();
    await database?.remove();
  });

  test("A customer whom nobody can answer leaves an address, and a mail's link opens the answer elsewhere, once", async ({
    arrive,
  }) => {
    const there = { baseURL: product.url };
    const page = await arrive(null, there);
    await openChat(page);
    await askForPerson(page);
    const conversation = await conversationOf(page);
    await expect(page.getByText(ASKED)).toContainText("Nobody is here right now.");
    await page.getByLabel("E-mail").fill("no address");
    await page.getByRole("button", { name: "Tell me by e-mail" }).click();
    await expect(page.getByText("Please write an e-mail address", { exact: false })).toBeVisible();
    await page.getByLabel("E-mail").fill("ada@example.com");
    await page.getByRole("button", { name: "Tell me by e-mail" }).click();
    await expect(page.getByText("we send a link to ada@example.com")).toBeVisible();
    await page.goto("about:blank");

    const lead = await arrive(null, there);
    admin = await join(lead, link, "Edda Storm");
    await openAtDesk(lead, conversation);
    await takeOver(lead);
    await expect(lead.getByText("Left an e-mail address: ada@example.com")).toBeVisible();
    await answer(lead, "Your parcel lies at the post office.");
    await expect.poll(() => mailbox.mails.length, { timeout: 30_000 }).toBe(1);
    const [mail] = mailbox.mails;
    expect(mail?.to).toEqual(["ada@example.com"]);
    expect(mail?.raw).not.toContain("parcel");
    const letter = /http\S+\/reply\/[\w-]+/.exec(mail?.text ?? "")?.[0] ?? "";
    expect(letter).not.toContain(conversation);

    const elsewhere = await arrive(null, there);
    await elsewhere.goto(letter);
    await elsewhere.getByRole("button", { name: "Open the conversation" }).click();
    await expect(replies(elsewhere)).toContainText("Your parcel lies at the post office.");
    expect(elsewhere.url()).toContain(conversation);
    const late = await arrive(null, there);
    await late.goto(letter);
    await expect(late.getByText("This link does not work any more")).toBeVisible();
    await page.goto(letter);
    await expect(replies(page)).toContainText("Your parcel lies at the post office.");
  });

  test("Customers who wait see their place and whether anybody is there, and one who leaves lets the next move up", async ({
    arrive,
  }) => {
    const there = { baseURL: product.url };
    const lead = await arrive(null, there);
    const notices = await catchNotices(lead);
    await signIn(lead, admin);
    expect(await notices()).toEqual([]);
    await lead.getByRole("switch", { name: "Desktop notices" }).click();
    await lead.getByRole("switch", { name: "Sound" }).click();
    expect(await notices()).toEqual(["asked for leave"]);
    await lead.getByRole("switch", { name: "Away" }).click();
    await expect(lead.getByText("Customers are not told that you are here.")).toBeVisible();
    const [first, second] = [await arrive(null, there), await arrive(null, there)];
    for (const page of [first, second]) {
      await openChat(page);
      await askForPerson(page);
    }
    const before = await placeOf(first);
    await expect.poll(() => placeOf(second)).toBe(before + 1);
    await expect(second.getByText(ASKED)).toContainText("Nobody is here right now.");
    const called = "A customer waits for a person";
    await expect.poll(notices).toEqual(["asked for leave", called, called]);
    await second.getByRole("button", { name: "I have a complaint" }).click();
    await openAtDesk(lead, await conversationOf(second));
    await expect(
      lead.getByText("The customer asked for a person: a complaint", { exact: false }),
    ).toBeVisible();
    await lead.getByRole("switch", { name: "Away" }).click();
    await expect(second.getByText(ASKED)).toContainText("1 person is here.");
    await first.getByRole("button", { name: "I no longer need a person" }).click();
    await expect(first.getByText(ASKED)).toBeHidden();
    await expect.poll(() => placeOf(second)).toBe(before);
    await ask(first, "How do I return a jacket?");
  });
});

/** Stands in for the system's notices, which no test can see, and tells what the page had it say. */
async function catchNotices(page: Page): Promise<() => Promise<string[]>> {
  await page.addInitScript(() => {
    const said: string[] = [];
    class Notice {
      static permission = "default";
      static requestPermission() {
        said.push("asked for leave");
        Notice.permission = "granted";
        return Promise.resolve("granted");
      }
      constructor(title: string, { body }: { body?: string }) {
        said.push(body ? `${title}: ${body}` : title);
      }
    }
    Object.assign(globalThis, { Notification: Notice, said });
  });
  return () => page.evaluate(() => (globalThis as unknown as { said: string[] }).said);
}

/** The place in line that a customer is told; 1 is next. */
async function placeOf(page: Page): Promise<number> {
  const told = (await page.getByText(ASKED).textContent()) ?? "";
  return told.includes("You are next.") ? 1 : Number(/number (\d+) in line/.exec(told)?.[1] ?? 0);
}

test("A customer and a lead see each other write and read, and an answer counts in the title while nobody looks", async ({
  page,
  arrive,
}) => {
  await openChat(page);
  await askForPerson(page);
  const lead = await arrive("lead");
  await openAtDesk(lead, await conversationOf(page));
  await takeOver(lead);
  await lead.getByLabel("Your answer to the customer").fill("Hello, I am");
  await expect(page.getByText("Support is writing").last()).toBeVisible();
  await answer(lead, "Hello, I am Priya.");
  await expect(page.getByText("Support is writing").last()).toBeHidden();
  const said = lead.getByRole("article", { name: "A person answered" });
  await expect(said.filter({ hasText: "Hello, I am Priya." })).toContainText("Seen");
  await composer(page).fill("Where is");
  await expect(lead.getByText("The customer is writing").last()).toBeVisible();
  await write(page, "Where is my parcel?");
  const mine = page.getByRole("article", { name: "You wrote" });
  await expect(mine.filter({ hasText: "Where is my parcel?" })).toContainText("Seen");

  await look(page, "hidden");
  await answer(lead, "It comes tomorrow.");
  await expect(page).toHaveTitle(/^\(1\) /);
  await expect(said.filter({ hasText: "It comes tomorrow." })).toContainText("Sent");
  await look(page, "visible");
  await expect(page).toHaveTitle(/^[^(]/);
  await expect(said.filter({ hasText: "It comes tomorrow." })).toContainText("Seen");
});

/** The customer goes to another tab, or comes back. */
async function look(page: Page, state: "hidden" | "visible"): Promise<void> {
  await page.evaluate((now) => {
    Object.defineProperty(document, "visibilityState", { configurable: true, get: () => now });
    document.dispatchEvent(new Event("visibilitychange"));
  }, state);
}

test.describe("while the line breaks for a moment", () => {
  test.use({ allowErrors: [/ERR_FAILED/] });

  test("A customer is told what did not reach us, and is offered a person after two answers that did not help", async ({
    page,
  }) => {
    await openChat(page);
    await ask(page, "Do you sell gift cards?");
    await ask(page, "What does delivery cost?");
    const down = page.getByRole("button", { name: "This did not help" });
    await page.route("**/chat/**", (route) =>
      route.request().method() === "POST" ? route.abort() : route.fallback(),
    );
    await down.last().click();
    await expect(page.getByText("This did not reach us.", { exact: false }).first()).toBeVisible();
    await page.unroute("**/chat/**");
    await down.last().click();
    await expect(down.last()).toHaveAttribute("aria-pressed", "true");
    const offer = page.getByRole("region", { name: "Offer of a person" });
    await expect(offer).toHaveCount(0);
    await down.first().click();
    await expect(offer).toBeVisible();
    await offer.getByRole("button", { name: "No, thanks" }).click();
    await expect(offer).toHaveCount(0);
    await page.reload();
    await expect(down.first()).toHaveAttribute("aria-pressed", "true");
    await expect(offer).toHaveCount(0);
  });
});
