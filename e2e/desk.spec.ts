import { expect, test } from "@/e2e/fixtures";
import { newCustomer, openAtDesk, rowOf, takeOver } from "@/e2e/support/desk";
import { ask, askForPerson, conversationOf, openChat, write } from "@/e2e/support/people";

const SUMMARY_MS = 20_000;

test("A lead narrows the inbox with filters that say how many they hold", async ({
  page,
  arrive,
}) => {
  await openChat(page);
  const answer = await ask(page, "How do I wash a down jacket?");
  await answer.getByRole("button", { name: "This did not help" }).click();
  const id = await conversationOf(page);
  const lead = await arrive("lead");
  await lead.goto("/desk");
  const filters = lead.getByRole("navigation", { name: "Inbox filters" });
  for (const name of ["All", "Waiting", "Mine", "Unassigned", "Solved", "To review"]) {
    await expect(filters.getByRole("link", { name: new RegExp(`^${name} ?\\d+$`) })).toBeVisible();
  }
  await filters.getByRole("link", { name: /^Thumbs down ?[1-9]/ }).click();
  await expect(rowOf(lead, id)).toContainText("Rated down");
  await openAtDesk(lead, id);
  await takeOver(lead);
  await lead.goto("/desk?filter=mine");
  await expect(rowOf(lead, id)).toContainText("You");
  await filters.getByRole("link", { name: /^Solved/ }).click();
  await expect(lead).toHaveURL(/filter=solved/);
  await expect(rowOf(lead, id)).toHaveCount(0);
});

test("A lead goes from a sentence of the summary to the message it rests on", async ({
  page,
  arrive,
}) => {
  await openChat(page);
  await ask(page, "My name is Noor and the zip of my tent is torn.");
  await askForPerson(page);
  const lead = await arrive("lead");
  await openAtDesk(lead, await conversationOf(page));
  const summary = lead.getByRole("complementary", { name: "Summary and customer" });
  const link = summary.getByRole("button", { name: /^Go to message/ }).first();
  await expect(link).toBeVisible({ timeout: SUMMARY_MS });
  const number = ((await link.textContent()) ?? "").trim();
  await link.click();
  const cited = lead
    .getByRole("article")
    .filter({ hasText: `Cited in the summary as [${number}]` });
  await expect(cited).toBeFocused();
  await expect(cited).toBeInViewport();
});

test("A lead approves a summary, and what they correct is kept with their name", async ({
  page,
  arrive,
}) => {
  await openChat(page);
  await ask(page, "My order has not arrived and I am travelling on Friday.");
  await askForPerson(page);
  const id = await conversationOf(page);
  const lead = await arrive("lead");
  await openAtDesk(lead, id);
  const summary = lead.getByRole("complementary", { name: "Summary and customer" });
  await summary.getByRole("button", { name: "Approve" }).click({ timeout: SUMMARY_MS });
  await expect(summary.getByText("Reviewed", { exact: true })).toBeVisible();
  await summary.getByRole("button", { name: "Edit" }).click();
  await summary.getByLabel("In one line").fill("Wants the parcel before a journey on Friday.");
  await summary.getByRole("button", { name: "Save as reviewed" }).click();
  await expect(summary.getByText("Wants the parcel before a journey on Friday.")).toBeVisible();
  await expect(summary.getByText(/edited by/)).toBeVisible();
  await lead.goto("/desk?filter=waiting");
  await expect(rowOf(lead, id)).toContainText("Wants the parcel before a journey on Friday.");
});

test("A lead finds a summary by words that the customer used, whatever their endings", async ({
  page,
  arrive,
}) => {
  const word = `quill${crypto.randomUUID().replace(/[^a-f]/g, "")}`;
  await openChat(page);
  await ask(page, `The ${word} lantern of my tent flickers.`);
  await askForPerson(page);
  const id = await conversationOf(page);
  const lead = await arrive("lead");
  await lead.goto("/desk/summaries");
  await lead.getByLabel("Search in words").fill(`${word} lanterns`);
  await lead.getByRole("button", { name: "Search" }).click();
  await expect(rowOf(lead, id)).toContainText("Relevance");
  await expect(lead.getByRole("article").first()).toContainText(word);
  await lead.getByLabel("Search in words").fill("xylophonist");
  await lead.getByRole("button", { name: "Search" }).click();
  await expect(
    lead.getByText("No summary or message holds these words.", { exact: false }),
  ).toBeVisible();
});

test("A lead is told that a conversation has no summary, and why", async ({ page, arrive }) => {
  await openChat(page);
  await write(page, "Hello");
  const lead = await arrive("lead");
  await openAtDesk(lead, await conversationOf(page));
  const summary = lead.getByRole("complementary", { name: "Summary and customer" });
  await expect(summary.getByText("No summary available")).toBeVisible();
  await expect(
    summary.getByText(/The conversation is too short|It is being written|It is written once/),
  ).toBeVisible();
});

test("A lead who needs a customer's e-mail gives a reason before they read it", async ({
  page,
  arrive,
}) => {
  const email = `${crypto.randomUUID().slice(0, 8)}@mail.example.org`;
  await openChat(page);
  await ask(page, `Please write to ${email} about the repair.`);
  await expect(page.getByRole("article", { name: "You wrote" })).toContainText(email);
  const lead = await arrive("lead");
  await openAtDesk(lead, await conversationOf(page));
  const written = lead.getByRole("article", { name: "The customer wrote" });
  await expect(written).toContainText("[EMAIL_1]");
  await expect(lead.getByText(email)).toHaveCount(0);
  await lead.getByRole("button", { name: "Reveal values" }).click();
  const dialog = lead.getByRole("dialog");
  await dialog.getByRole("button", { name: "Reveal values" }).click();
  await expect(dialog.getByText("Choose a reason first.")).toBeVisible();
  await dialog.getByRole("radio", { name: "To look into a complaint" }).check();
  await dialog.getByRole("button", { name: "Reveal values" }).click();
  await expect(written).toContainText(email);
});

test("A lead who owns a conversation reads the customer's values without asking", async ({
  page,
  arrive,
}) => {
  await openChat(page);
  await ask(page, "You can call me on +41 44 668 18 00 about the repair.");
  const lead = await arrive("lead");
  await openAtDesk(lead, await conversationOf(page));
  const written = lead.getByRole("article", { name: "The customer wrote" });
  await expect(written).toContainText("[PHONE_1]");
  await takeOver(lead);
  await expect(written).toContainText("668 18 00");
});

test("A lead sees the customer in figures, counted over all their conversations", async ({
  arrive,
}) => {
  const { page } = await newCustomer(arrive, "Odile Marchand");
  await openChat(page, { analytics: true });
  await ask(page, "What does delivery cost?");
  await openChat(page);
  await ask(page, "Do you repair tents?");
  const lead = await arrive("lead");
  await openAtDesk(lead, await conversationOf(page));
  const figure = (name: string) =>
    lead
      .getByRole("complementary", { name: "Summary and customer" })
      .getByRole("term")
      .filter({ hasText: new RegExp(`^${name}$`) })
      .locator("xpath=following-sibling::dd[1]");
  await expect(figure("Conversations")).toHaveText("2");
  await expect(figure("Messages")).toHaveText("4");
  await expect(figure("Per conversation")).toHaveText("2.0");
  await expect(figure("Account")).toContainText("Registered");
  await expect(lead.getByText("Odile")).toHaveCount(0);
});

test("A lead cannot open what is an admin's", async ({ arrive }) => {
  const lead = await arrive("lead");
  for (const address of [
    "/admin",
    "/admin/requests",
    "/admin/retention",
    "/admin/consent",
    "/admin/audit",
    "/admin/articles",
    "/admin/memory",
    "/admin/people",
  ]) {
    await lead.goto(address);
    await expect(lead.getByRole("heading", { name: "This page needs an admin" })).toBeVisible();
  }
  await expect(lead.getByRole("navigation", { name: "Main" }).getByText("Audit")).toHaveCount(0);
});

test("A customer cannot open the desk", async ({ arrive }) => {
  const { page } = await newCustomer(arrive, "Piet Vos");
  await page.goto("/desk");
  await expect(page).not.toHaveURL(/\/desk$/);
  await expect(page.getByRole("navigation", { name: "Inbox filters" })).toHaveCount(0);
  expect((await page.request.get("/api/desk/stream")).status()).toBeGreaterThanOrEqual(400);
});
