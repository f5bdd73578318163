import { expect, test } from "@/e2e/fixtures";
import { newCustomer, openAtDesk } from "@/e2e/support/desk";
import { answers, ask, askPatiently, conversationOf, openChat } from "@/e2e/support/people";
import { freePort, startProduct } from "@/e2e/support/product";
import { flushConversation } from "@/e2e/support/redis";
import { askForCopy } from "@/e2e/support/requests";
import { unzip } from "@/e2e/support/zip";

test("A customer reads what is remembered, has one thing forgotten, and the AI does not know it any more", async ({
  page,
}) => {
  await openChat(page);
  await ask(page, "Hi, my name is Sarah and I need a tent for two people.");
  await ask(page, "My order is 99887.");
  await expect(await ask(page, "What is my name?")).toContainText("Sarah");
  const address = page.url();
  await page.goto("/memory");
  await expect(page.getByRole("button", { name: "Forget 99887" })).toBeVisible();
  await page.getByRole("button", { name: "Forget Sarah" }).click();
  await expect(page.getByRole("button", { name: "Forget Sarah" })).toBeHidden();
  await expect(page.getByRole("button", { name: "Forget 99887" })).toBeVisible();
  await page.goto(address);
  await expect(await ask(page, "What is my name?")).not.toContainText("Sarah");
});

test("A customer has everything forgotten after being asked twice, and can still read it", async ({
  page,
}) => {
  await openChat(page);
  await ask(page, "Hi, my name is Sarah and I need a tent for two people.");
  const address = page.url();
  await page.goto("/memory");
  await page.getByRole("link", { name: "Forget everything …" }).click();
  await page.getByRole("link", { name: "Keep it" }).click();
  await expect(page.getByRole("link", { name: "Forget everything …" })).toBeVisible();
  await page.getByRole("link", { name: "Forget everything …" }).click();
  await page.getByRole("button", { name: "Forget everything" }).click();
  await expect(page.getByText("Everything is forgotten.", { exact: false })).toBeVisible();
  await page.goto(address);
  await expect(page.getByRole("article", { name: "You wrote" })).toContainText("Sarah");
  await expect(await ask(page, "What is my name?")).not.toContainText("Sarah");
});

test("A customer switches memory off and on again", async ({ page }) => {
  await openChat(page);
  await ask(page, "Hi, my name is Sarah.");
  await page.goto("/memory");
  await page.getByRole("button", { name: "Switch memory off" }).click();
  await expect(page.getByText("Memory is off")).toBeVisible();
  await page.reload();
  await page.getByRole("button", { name: "Switch memory on" }).click();
  await expect(page.getByText("Memory is on")).toBeVisible();
});

test("Nobody finds another customer's memory on their own page", async ({ page, arrive }) => {
  await openChat(page);
  await ask(page, "Hi, my name is Sarah and my order is 99887.");
  const stranger = await arrive();
  await openChat(stranger);
  await ask(stranger, "What does delivery cost?");
  await stranger.goto("/memory");
  await expect(stranger.getByText("99887")).toHaveCount(0);
});

test.describe("when a conversation is gone", () => {
  // The desk's address of it is nothing any more.
  test.use({ allowErrors: [/status of 404 .*stream/] });

  test("A customer deletes one conversation after reading what goes, and it is gone for them, for the AI and for the team", async ({
    page,
    arrive,
  }) => {
    await openChat(page);
    await ask(page, "Hi, my name is Sarah and my order is 99887.");
    const deleted = await conversationOf(page);
    await page.goto("/chat");
    await ask(page, "How do I wash a down jacket?");
    const kept = await conversationOf(page);
    await page.goto("/privacy");
    await page.getByRole("link", { name: "Choose a conversation …" }).click();
    await page.getByRole("link", { name: /^Delete Hi, my name is Sarah/ }).click();
    await expect(
      page.getByRole("heading", { name: "Delete this conversation for good?" }),
    ).toBeVisible();
    await expect(page.getByText("2 messages", { exact: true })).toBeVisible();
    await page.getByRole("button", { name: "Delete the conversation" }).click();
    await expect(page.getByText("The conversation is deleted", { exact: false })).toBeVisible();
    await expect(page.getByRole("link", { name: /Sarah/ })).toHaveCount(0);
    await page.goto("/memory");
    await expect(page.getByText("99887")).toHaveCount(0);
    await page.goto(`/chat/${kept}`);
    await expect(await ask(page, "Which order did I mention?")).not.toContainText("99887");
    const desk = await arrive("lead");
    await desk.goto(`/desk/${deleted}`);
    await expect(desk.getByRole("heading", { level: 1 })).not.toContainText("Customer");
  });
});

test("A lead clears the AI's memory of one conversation, and the transcript stays", async ({
  page,
  arrive,
}) => {
  await openChat(page);
  await ask(page, "Hi, my name is Sarah and my order is 99887.");
  const desk = await arrive("lead");
  await openAtDesk(desk, await conversationOf(page));
  await desk.getByRole("button", { name: "Clear the AI’s memory" }).click();
  await expect(desk.getByText("messages and look-ups", { exact: false })).toBeVisible();
  await desk.getByRole("button", { name: "Clear its memory" }).click();
  await expect(
    desk.getByText("The AI’s memory of this conversation is cleared", { exact: true }),
  ).toBeVisible();
  await expect(page.getByRole("article", { name: "You wrote" })).toContainText("Sarah");
  await expect(await ask(page, "What is my name?")).not.toContainText("Sarah");
  const admin = await arrive("admin");
  await admin.goto("/admin/memory");
  await admin.getByLabel("Conversation to clear").fill(await conversationOf(page));
  await admin.getByRole("button", { name: "Show what goes …" }).click();
  await admin.getByRole("button", { name: "Clear its memory" }).click();
  await expect(admin.getByText("Memory cleared", { exact: true })).toBeVisible();
});

test.describe("through a restart", () => {
  test.use({ allowErrors: [/ERR_|status of 503/] });

  test("A customer is remembered twenty turns and a summary later, after a restart, and after Redis lost everything", async ({
    arrive,
  }) => {
    test.setTimeout(240_000);
    const port = await freePort();
    let product = await startProduct({}, port);
    try {
      const page = await arrive(null, { baseURL: product.url });
      await openChat(page);
      await ask(page, "Hi, my name is Sarah and my order is 99887.");
      const questions = [
        "How do I return a jacket that does not fit?",
        "Thank you",
        "How do I wash a down jacket?",
        "Okay, thanks",
      ];
      for (let turn = 0; turn < 20; turn += 1) {
        await askPatiently(page, questions[turn % questions.length] ?? "");
      }
      const id = await conversationOf(page);
      await expect(async () => {
        await page.goto("/memory");
        await expect(page.getByText("Summary of the older part")).toBeVisible({ timeout: 1_000 });
      }).toPass({ timeout: 30_000 });
      await page.goto(`/chat/${id}`);
      await expect(await askPatiently(page, "What is my name?")).toContainText("Sarah");

      await product.stop();
      product = await startProduct({}, port);
      await page.goto(`/chat/${id}`);
      await expect(answers(page)).toHaveCount(22);
      await expect(await askPatiently(page, "What is my name?")).toContainText("Sarah");

      await product.stop();
      await flushConversation(id);
      product = await startProduct({}, port);
      await page.goto(`/chat/${id}`);
      await expect(await askPatiently(page, "What is my name?")).toContainText("Sarah");
      await expect(await askPatiently(page, "Which order did I mention?")).toContainText("99887");
    } finally {
      await product.stop();
    }
  });
});

test("A customer asks for their data and downloads it once an admin has it made", async ({
  arrive,
}) => {
  const { page, password } = await newCustomer(arrive, "Greta Sund");
  await openChat(page);
  await ask(page, "My rucksack lost its buckle in Lapland.");
  const id = await conversationOf(page);
  await askForCopy(page, password);
  await expect(page.getByText("We have your request")).toBeVisible();
  await expect(page.getByText("Received", { exact: true })).toBeVisible();

  const admin = await arrive("admin");
  await openAtDesk(admin, id);
  const pseudonym = await admin
    .getByText(/^[0-9a-f]{16}$/)
    .first()
    .innerText();
  await admin.goto("/admin/requests");
  const row = admin.getByRole("row").filter({ hasText: pseudonym });
  await expect(row).toContainText("The customer");
  await row.getByRole("link", { name: "Copy of the data" }).click();
  await admin.getByRole("button", { name: "Make the file" }).click();
  await expect(admin.getByText("The file is ready")).toBeVisible({ timeout: 30_000 });

  await page.goto("/privacy");
  const link = page.getByRole("link", { name: /^Download/ });
  const [download] = await Promise.all([page.waitForEvent("download"), link.click()]);
  const files = await unzip(download);
  expect(files.get("index.html")).toContain("Lapland");
  const file = await link.getAttribute("href");
  const stranger = await arrive();
  await openChat(stranger);
  expect((await stranger.request.get(file ?? "")).status()).toBe(404);
});

test("A customer asks for erasure with their password, and takes it back before it began", async ({
  arrive,
}) => {
  const { page, password } = await newCustomer(arrive, "Henk de Boer");
  await openChat(page);
  await page.goto("/privacy");
  await page.getByRole("link", { name: "Have it erased …" }).click();
  await page.getByLabel("Your password").fill("not my password");
  await page.getByLabel("Yes, erase everything about me").check();
  await page.getByRole("button", { name: "Ask for erasure" }).click();
  await expect(page.getByText(/password is not right/)).toBeVisible();
  await page.getByLabel("Your password").fill(password);
  await page.getByLabel("Yes, erase everything about me").check();
  await page.getByRole("button", { name: "Ask for erasure" }).click();
  await expect(page.getByText("We have your request")).toBeVisible();
  await page.getByRole("button", { name: "Withdraw Erasure of your data" }).click();
  await expect(page.getByText("Withdrawn", { exact: true })).toBeVisible();
});
