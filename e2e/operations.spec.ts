import type { Page } from "@playwright/test";
import { expect, test } from "@/e2e/fixtures";
import { type ModelServer, startModelServer } from "@/e2e/model-server";
import { answer, openAtDesk, takeOver } from "@/e2e/support/desk";
import {
  answers,
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
import { layWire, type Wire } from "@/e2e/support/wire";
import { startProxy } from "@/scripts/setup/proxy.mjs";

// What is switched, cut and ended here must not meet other journeys: processes and a database of their own.
test.describe.configure({ mode: "serial" });
test.use({ allowErrors: [/ERR_|status of 50\d|Failed to fetch|fetch failed/] });

const words = Array.from({ length: 80 }, (_, at) => `word${at + 1}`).join(" ");
let model: ModelServer;
let database: Database;
let wire: Wire;
let settings: Record<string, string>;
let first: Product;
let second: Product | null = null;

test.beforeAll(async () => {
  const redis = new URL(process.env["REDIS_URL"] ?? "");
  [model, database, wire] = await Promise.all([startModelServer(), makeDatabase(), layWire(redis)]);
  const wired = new URL(redis);
  wired.hostname = "127.0.0.1";
  wired.port = String(wire.port);
  settings = {
    ...database.settings,
    SEED: "demo",
    REDIS_URL: wired.href,
    OPENAI_API_KEY: "a-key-for-tests",
    OPENAI_BASE_URL: model.url,
    OPENAI_MODEL: "scripted",
  };
  await seed(settings);
  first = await startProduct(settings);
});

test.afterAll(async () => {
  await Promise.all([first?.stop(), second?.stop()]);
  await wire?.remove();
  await database?.remove();
  await model?.close();
});

/** Switches the AI's answers on the status page. */
async function turnAnswers(admin: Page, to: "off" | "on"): Promise<void> {
  await admin.getByRole("button", { name: `Switch AI answers ${to}` }).click();
  await admin.getByLabel("Reason").selectOption({ label: "It gave wrong answers" });
  await admin.getByRole("button", { name: `Switch ${to}`, exact: true }).click();
  await expect(admin.getByText(`AI answers are ${to}`, { exact: true })).toBeVisible();
}

const writing = (page: Page) => page.getByRole("article", { name: "Answer being written" });

test("An admin silences the AI in mid-answer: the customer is told, a person answers, and the AI speaks again when it is let", async ({
  arrive,
}) => {
  const site = { baseURL: first.url };
  const admin = await arrive(null, site);
  await signIn(admin, "admin", "/admin/status");
  model.script({ match: "slowly", steps: [{ text: words, tokenDelayMs: 250 }] });
  const page = await arrive(null, site);
  await openChat(page);
  await write(page, "Please count slowly.");
  await expect(writing(page)).toContainText("word3");
  await turnAnswers(admin, "off");
  const peopleAnswer = page.getByText("People from our support team answer right now");
  await expect(peopleAnswer).toBeVisible();
  await expect(answers(page)).toContainText("This answer was stopped before it was finished.");
  await expect(answers(page)).toContainText("word3");
  await expect(page.getByRole("log").getByText("A person will reply to you.")).toBeVisible();
  await expect(admin.getByText("AI answers are switched off.", { exact: false })).toBeVisible();
  const late = await arrive(null, site);
  await openChat(late);
  await expect(late.getByText("People from our support team answer right now")).toBeVisible();
  await openAtDesk(admin, await conversationOf(page));
  await expect(admin.getByText("AI answers are switched off; waits")).toBeVisible();
  await takeOver(admin);
  await answer(admin, "I count with you: four.");
  await expect(replies(page)).toContainText("four");
  await admin.goto("/admin/status");
  await turnAnswers(admin, "on");
  await expect(peopleAnswer).toHaveCount(0);
  model.script({ match: "Anybody", steps: [{ text: "The AI is back." }] });
  await write(late, "Anybody there?");
  await expect(answers(late)).toContainText("The AI is back.");
});

test("Staff see on the status page that Redis is down and since when, and that it is back", async ({
  arrive,
}) => {
  const lead = await arrive(null, { baseURL: first.url });
  await signIn(lead, "lead", "/admin/status");
  const redis = lead.getByRole("row", { name: /^Redis/ });
  const banner = lead.getByText("Redis does not answer.", { exact: false });
  await expect(redis).toContainText("Works", { timeout: 20_000 });
  await expect(lead.getByRole("button", { name: /Switch AI answers/ })).toHaveCount(0);
  const before = await redis.getByRole("time").getAttribute("datetime");
  wire.cut();
  await expect(redis).toContainText("Does not work", { timeout: 20_000 });
  const since = await redis.getByRole("time").getAttribute("datetime");
  expect(Date.parse(since ?? "")).toBeGreaterThan(Date.parse(before ?? ""));
  // A page that is opened asks at once; one that stays open does so every quarter of a minute.
  await lead.reload();
  await expect(banner).toBeVisible({ timeout: 15_000 });
  wire.mend();
  await expect(redis).toContainText("Works", { timeout: 20_000 });
  await expect(banner).toHaveCount(0, { timeout: 15_000 });
});

test("A customer reads an answer to its end while the process that writes it is shut down", async ({
  arrive,
}) => {
  const port = await freePort();
  const at = Number(new URL(first.url).port);
  // Until the second process runs, all requests go to the first.
  const proxy = await startProxy({ backends: [at, port] });
  try {
    const page = await arrive(null, { baseURL: `http://127.0.0.1:${proxy.port}` });
    model.script({
      match: "to the end",
      steps: [
        { text: words, tokenDelayMs: 400 },
        { text: words, tokenDelayMs: 5 },
      ],
    });
    await openChat(page);
    await write(page, "Please count to the end.");
    await expect(writing(page)).toContainText("word3");
    second = await startProduct({ ...settings, WORKER: "separate" }, port);
    await expect
      .poll(() => proxy.backends().every((each: { ready: boolean }) => each.ready))
      .toBe(true);
    await expect(writing(page)).not.toContainText("word79");
    await first.stop();
    await expect(answers(page)).toContainText("word80", { timeout: 20_000 });
    await expect(answers(page).getByText(words, { exact: true })).toBeVisible();
    await expect(composer(page)).toBeVisible();
    await page.reload();
    await expect(answers(page)).toHaveCount(1);
    await expect(answers(page).getByText(words, { exact: true })).toBeVisible();
  } finally {
    await proxy.close();
  }
});
