import { readFile } from "node:fs/promises";
import { expect, expectAccessible, test } from "@/e2e/fixtures";
import { hire, newCustomer, rowOf } from "@/e2e/support/desk";
import { ask, askForPerson, conversationOf, openChat } from "@/e2e/support/people";
import { approveErasure, openRequest } from "@/e2e/support/requests";
import { unzip } from "@/e2e/support/zip";

const JOB_MS = 30_000;

test("An admin exports a customer as a ZIP that a person and a program can read", async ({
  arrive,
}) => {
  const { page, email } = await newCustomer(arrive, "Ferdinand Okoro");
  await openChat(page);
  await ask(page, "My jacket smells of juniper smoke. How do I wash it?");
  const id = await conversationOf(page);
  const admin = await arrive("admin");
  await openRequest(admin, email, "A copy of their data");
  await admin.getByRole("button", { name: "Make the file" }).click();
  const link = admin.getByRole("link", { name: /^Download/ });
  await expect(link).toBeVisible({ timeout: JOB_MS });
  const [download] = await Promise.all([admin.waitForEvent("download"), link.click()]);
  const files = await unzip(download);
  const data = JSON.parse(files.get("data.json") ?? "{}");
  expect(Object.keys(data).slice(0, 3)).toEqual(["userId", "exportDate", "data"]);
  expect(data.userId).toMatch(/^[0-9a-f]{16}$/);
  expect(data.data).toHaveLength(1);
  expect(Object.keys(data.data[0]).slice(0, 4)).toEqual([
    "conversationId",
    "summary",
    "messageCount",
    "createdAt",
  ]);
  expect(data.data[0].conversationId).toBe(id);
  expect(files.get("index.html")).toContain("juniper smoke");
  expect(files.get("transcript.txt")).toContain("You: My jacket smells of juniper smoke.");
  const manifest = JSON.parse(files.get("manifest.json") ?? "{}");
  const listed = manifest.files.map(({ name }: { name: string }) => name);
  expect([...listed, "manifest.json"].sort()).toEqual([...files.keys()].sort());
  const hidden = admin.getByRole("link", { name: "Download a redacted copy" });
  const [copy] = await Promise.all([admin.waitForEvent("download"), hidden.click()]);
  const redacted = await unzip(copy);
  expect(redacted.get("transcript.txt")).toContain("juniper smoke");
  expect([...redacted.values()].join("\n")).not.toContain("Ferdinand");
});

test.describe("when nobody may read it any more", () => {
  // Open pages of the conversation are told so by their streams.
  test.use({ allowErrors: [/status of 40[14] .*stream/] });

  test("An admin erases a customer whose letter a colleague entered: preview, confirmation, receipt, letter, and nothing of them is left", async ({
    arrive,
  }) => {
    const { page, email, password } = await newCustomer(arrive, "Leopold Haller");
    await openChat(page);
    await ask(page, "My boots have lost their soles.");
    await askForPerson(page);
    const id = await conversationOf(page);
    const lead = await arrive("lead");
    await lead.goto("/desk");
    await expect(rowOf(lead, id)).toBeVisible();

    const opener = await hire(arrive, "Admin", "Ottavia Kern");
    await openRequest(opener.page, email, "Erasure");
    await expect(opener.page.getByText("Another admin has to approve it")).toBeVisible();
    await expect(opener.page.getByRole("button", { name: "Erase this customer" })).toHaveCount(0);
    await opener.page.getByLabel("New note").fill(`He wrote from ${email}.`);
    await opener.page.getByRole("button", { name: "Add the note" }).click();
    const notes = opener.page.getByRole("list", { name: "Notes" });
    await expect(notes).toContainText("He wrote from [EMAIL_1].");
    await expectAccessible(opener.page);
    const { admin } = opener;
    await admin.goto(opener.page.url());
    const preview = admin.getByRole("table", { name: "What would be removed" });
    await expect(preview.getByRole("rowheader", { name: /^Message/ })).toBeVisible();
    await approveErasure(admin);

    const left = admin.getByRole("table", { name: "Found before and left after" });
    await expect(left).toBeVisible({ timeout: JOB_MS });
    for (const cell of await left.getByRole("row").locator("td:last-child").allTextContents()) {
      expect(cell).toMatch(/0$/);
    }
    // The second stage signs by itself, when everything in reach was searched; the page looks again until then.
    const searched = admin.getByRole("table", { name: "Searched, and found" });
    await expect(searched).toBeVisible({ timeout: 2 * JOB_MS });
    const raw = searched.getByRole("row", { name: /PostgreSQL’s files|PostgreSQL's files/ });
    await expect(raw).toContainText(/Yes.*0$/);
    await expect(admin.getByRole("status", { name: "State: Done" })).toBeVisible();
    const [download] = await Promise.all([
      admin.waitForEvent("download"),
      admin.getByRole("link", { name: "Download (JSON)" }).click(),
    ]);
    const receipt = JSON.parse(await readFile(await download.path(), "utf8"));
    expect(receipt.signature).toBeTruthy();
    expect(receipt.second.signature).toBeTruthy();
    expect(receipt.second.body.places.map(({ hits }: { hits: number }) => hits)).toEqual(
      receipt.second.body.places.map(() => 0),
    );
    expect(JSON.stringify(receipt)).not.toContain("Leopold");

    const [letter] = await Promise.all([
      admin.context().waitForEvent("page"),
      admin.getByRole("link", { name: "Letter to print" }).click(),
    ]);
    await expect(letter.getByText("We have erased your data.", { exact: false })).toBeVisible();

    await page.goto(`/chat/${id}`);
    await expect(page.getByText("soles")).toHaveCount(0);
    await expect(page.getByRole("button", { name: "Agree and chat" })).toBeVisible();
    await page.goto("/sign-in");
    await page.getByLabel("E-mail").fill(email);
    await page.getByLabel("Password").fill(password);
    await page.getByRole("button", { name: "Sign in", exact: true }).click();
    await expect(page.getByText("do not match", { exact: false })).toBeVisible();
    await lead.goto("/desk");
    await expect(rowOf(lead, id)).toHaveCount(0);
    await lead.goto(`/desk/${id}`);
    await expect(lead.getByRole("heading", { level: 1 })).not.toContainText("Customer");
  });
});

test("An admin writes a help article, and the AI answers a customer from it as soon as it is published", async ({
  page,
  arrive,
}) => {
  const place = `Sörvik${crypto.randomUUID().replace(/[^a-f]/g, "")}`;
  const admin = await arrive("admin");
  await admin.goto("/admin/articles");
  await admin.getByRole("link", { name: "Write an article" }).click();
  await admin.getByLabel("Title").fill(`Waxing service in ${place}`);
  await admin
    .getByLabel("Text")
    .fill(`## Where we wax\n\nOur waxing workshop in ${place} waxes jackets on Tuesdays.`);
  await expect(admin.getByRole("region", { name: "Preview" })).toContainText("waxes jackets");
  await admin.getByRole("button", { name: "Save as a draft" }).click();
  await expect(admin.getByRole("heading", { level: 1 })).toContainText(place);
  await openChat(page);
  const question = `How does the waxing service in ${place} work?`;
  await expect(await ask(page, question)).not.toContainText("Tuesdays");
  await admin.getByRole("button", { name: "Publish" }).click();
  await expect(admin.getByRole("link", { name: "View as a customer" })).toBeVisible();
  await admin
    .getByLabel("Text")
    .fill(`## Where we wax\n\nOur waxing workshop in ${place} waxes jackets on Thursdays.`);
  await admin.getByRole("button", { name: "Save a new version" }).click();
  await expect(admin.getByText("Newer draft")).toBeVisible();
  await expect(await ask(page, question)).toContainText("Tuesdays");
  await admin.getByRole("button", { name: "Publish", exact: true }).click();
  await expect(admin.getByText("Newer draft")).toHaveCount(0);
  const answer = await ask(page, question);
  await expect(answer).toContainText("Thursdays");
  await expect(answer.getByRole("link", { name: new RegExp(place) })).toBeVisible();
  await admin.getByRole("link", { name: "View as a customer" }).click();
  await expect(admin).toHaveURL(/\/help\//);
  await expect(admin.getByRole("heading", { level: 1 })).toContainText(place);
  await expect(admin.getByRole("main")).toContainText("Thursdays");
});

test("An admin with a stale tab does not write over what a colleague saved meanwhile", async ({
  arrive,
}) => {
  const title = `Care ${crypto.randomUUID().slice(0, 8)}`;
  const admin = await arrive("admin");
  await admin.goto("/admin/articles/new");
  await admin.getByLabel("Title").fill(title);
  await admin.getByLabel("Text").fill("Brush it when it is dry.");
  await admin.getByRole("button", { name: "Save as a draft" }).click();
  await expect(admin.getByRole("heading", { level: 1, name: title })).toBeVisible();
  const stale = await arrive("admin");
  await stale.goto(admin.url());
  await expect(stale.getByLabel("Text")).toHaveValue("Brush it when it is dry.");
  await admin.getByLabel("Text").fill("Brush it when it is dry, and wax it.");
  await admin.getByRole("button", { name: "Save a new version" }).click();
  await expect(admin.getByText("Saved", { exact: true })).toBeVisible();
  await stale.getByLabel("Text").fill("Burn it where nobody sees it.");
  await stale.getByRole("button", { name: "Save a new version" }).click();
  await expect(
    stale.getByText("Somebody has saved this article since you opened it.", { exact: false }),
  ).toBeVisible();
  await expect(stale.getByLabel("Text")).toHaveValue("Burn it where nobody sees it.");
  await stale.reload();
  await expect(stale.getByLabel("Text")).toHaveValue("Brush it when it is dry, and wax it.");
});

test("An admin sees what memory costs, in measured figures", async ({ page, arrive }) => {
  await openChat(page);
  await ask(page, "What does delivery cost?");
  const admin = await arrive("admin");
  await admin.goto("/admin/memory");
  const inUse = admin.getByRole("definition").filter({ hasText: "Summary with a verbatim tail" });
  await expect(inUse.first()).toBeVisible();
  for (const figure of [
    "Conversations remembered",
    "Operations",
    "Time per operation",
    "Cache hits",
    "Errors",
  ]) {
    await expect(admin.getByRole("term").filter({ hasText: figure }).first()).toBeVisible();
  }
  await expect(admin.getByRole("table", { name: "Limits in force" })).toContainText("500");
  await expect(admin.getByRole("table", { name: "Stores of memory" })).toContainText("Works");
});

test("An admin reads in a table what a chart of the memory draws", async ({ page, arrive }) => {
  await openChat(page);
  await ask(page, "What does delivery cost?");
  const admin = await arrive("admin");
  await admin.goto("/admin/memory");
  const chart = admin.getByRole("figure").filter({ hasText: "Time per operation" });
  await chart.getByText("The values of Time per operation as a table").click();
  const table = chart.getByRole("table", { name: "Time per operation" });
  await expect(table.getByRole("columnheader", { name: "Average" })).toBeVisible();
  await expect(table.getByRole("cell", { name: /^[\d.,]+ ms$/ }).first()).toBeVisible();
});

test("Measured figures are told to an admin, and to nobody else", async ({ page, arrive }) => {
  await openChat(page);
  await ask(page, "What does delivery cost?");
  expect((await page.request.get("/api/metrics")).status()).toBe(403);
  const admin = await arrive("admin");
  const figures = await admin.request.get("/api/metrics");
  expect(figures.headers()["content-type"]).toContain("text/plain; version=0.0.4");
  const text = await figures.text();
  expect(text).toContain('recollect_memory_operation_seconds_bucket{type="summary_buffer"');
  expect(text).not.toMatch(/[0-9a-f]{8}-[0-9a-f]{4}-/);
});

test("An admin has one conversation remembered in another way, and changes it back", async ({
  page,
  arrive,
}) => {
  await openChat(page);
  await ask(page, "Hi, my name is Sarah.");
  const id = await conversationOf(page);
  const admin = await arrive("admin");
  await admin.goto("/admin/memory");
  await admin.getByLabel("Id of the conversation").fill(crypto.randomUUID());
  await admin.getByLabel("Strategy", { exact: true }).selectOption("The newest turns");
  await admin.getByRole("button", { name: "Change", exact: true }).click();
  await expect(
    admin
      .getByRole("alert")
      .filter({ hasText: /not|no/i })
      .first(),
  ).toBeVisible();
  await admin.getByLabel("Id of the conversation").fill(id);
  await admin.getByLabel("Strategy", { exact: true }).selectOption("The newest turns");
  await admin.getByRole("button", { name: "Change", exact: true }).click();
  const row = admin.getByRole("row", { name: new RegExp(id) });
  await expect(row).toContainText("The newest turns");
  await expect(await ask(page, "What is my name?")).toContainText("Sarah");
  await row.getByRole("button", { name: "As all others" }).click();
  await expect(row).toHaveCount(0);
  await expect(await ask(page, "What is my name?")).toContainText("Sarah");
});
