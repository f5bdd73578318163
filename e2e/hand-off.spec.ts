import { expect, test } from "@/e2e/fixtures";
import { addNote, answer, openAtDesk, rowOf, takeOver } from "@/e2e/support/desk";
import {
  answers,
  ask,
  askForPerson,
  conversationOf,
  openChat,
  replies,
  write,
} from "@/e2e/support/people";

const WITH_PERSON = "A person from our support team is with you.";

test("Whoever has waited longest for a person stands first in the lead's inbox", async ({
  page,
  arrive,
}) => {
  await openChat(page);
  await askForPerson(page);
  const first = await conversationOf(page);
  const later = await arrive();
  await openChat(later);
  await askForPerson(later);
  const second = await conversationOf(later);
  const lead = await arrive("lead");
  await lead.goto("/desk?filter=waiting");
  await expect(rowOf(lead, first)).toContainText("Waiting for a person");
  await expect(rowOf(lead, first)).toContainText("Unassigned");
  const rows = await lead
    .getByRole("article")
    .getByRole("link")
    .evaluateAll((links) => links.map((link) => link.getAttribute("href")));
  expect(rows.indexOf(`/desk/${first}`)).toBeLessThan(rows.indexOf(`/desk/${second}`));
});

test("A customer who asks for a person appears in the lead's open inbox by themselves", async ({
  page,
  arrive,
}) => {
  const lead = await arrive("lead");
  await lead.goto("/desk?filter=waiting");
  await openChat(page);
  await write(page, "Do you sell gift cards?");
  await page.getByRole("button", { name: "Talk to a person" }).click();
  await expect(page.getByText("You asked for a person.", { exact: false })).toBeVisible();
  await expect(rowOf(lead, await conversationOf(page))).toContainText("waits", { timeout: 15_000 });
});

test("A customer reads live what the lead who took over answers, and the AI writes nothing meanwhile", async ({
  page,
  arrive,
}) => {
  await openChat(page);
  await askForPerson(page);
  const before = await answers(page).count();
  const lead = await arrive("lead");
  await openAtDesk(lead, await conversationOf(page));
  await takeOver(lead);
  await expect(page.getByText(WITH_PERSON)).toBeVisible();
  await answer(lead, "Hello, this is a real person. What can I do for you?");
  await expect(replies(page)).toContainText("this is a real person");
  await expect(replies(page).getByText("a person", { exact: true })).toBeVisible();
  await write(page, "Where is my parcel?");
  await expect(
    lead
      .getByRole("article", { name: "The customer wrote" })
      .filter({ hasText: "Where is my parcel?" }),
  ).toBeVisible();
  await answer(lead, "I am looking it up.");
  await expect(replies(page)).toHaveCount(2);
  await expect(answers(page)).toHaveCount(before);
  await page.reload();
  await expect(replies(page)).toHaveCount(2);
  await expect(answers(page)).toHaveCount(before);
});

test("A note among colleagues never appears on the customer's screen, nor in what the AI knows", async ({
  page,
  arrive,
}) => {
  await openChat(page);
  await askForPerson(page);
  const id = await conversationOf(page);
  const lead = await arrive("lead");
  await openAtDesk(lead, id);
  await takeOver(lead);
  const heard: string[] = [];
  page.on("response", async (response) => {
    heard.push(await response.text().catch(() => ""));
  });
  await addNote(lead, "Zanzibar is the code word of this note.");
  await answer(lead, "One moment please.");
  await expect(replies(page)).toContainText("One moment please.");
  await expect(page.getByText("Zanzibar")).toHaveCount(0);
  await page.reload();
  await expect(replies(page)).toContainText("One moment please.");
  await expect(page.getByText("Zanzibar")).toHaveCount(0);
  expect(heard.join("\n")).not.toContain("Zanzibar");
  await lead.getByRole("button", { name: "Hand back to the AI" }).click();
  await expect(page.getByText(WITH_PERSON)).toBeHidden();
  await expect(await ask(page, "Which code word did I say?")).not.toContainText("Zanzibar");
});

test("After the lead hands back, the AI answers the customer again", async ({ page, arrive }) => {
  await openChat(page);
  await askForPerson(page);
  const lead = await arrive("lead");
  await openAtDesk(lead, await conversationOf(page));
  await takeOver(lead);
  await answer(lead, "That is settled.");
  await lead.getByRole("button", { name: "Hand back to the AI" }).click();
  await expect(lead.getByText("With the AI", { exact: true })).toBeVisible();
  await expect(page.getByText(WITH_PERSON)).toBeHidden();
  await expect(await ask(page, "How do I return a jacket that does not fit?")).toContainText(
    /return/i,
  );
  await expect(page.getByText("You asked for a person.", { exact: false })).toBeHidden();
});

test("A lead solves a conversation and reopens it, and a customer who writes again reopens it too", async ({
  page,
  arrive,
}) => {
  await openChat(page);
  await ask(page, "What does delivery cost?");
  const lead = await arrive("lead");
  await openAtDesk(lead, await conversationOf(page));
  await lead.getByRole("button", { name: "Solve" }).click();
  await expect(lead.getByText("Solved", { exact: true }).first()).toBeVisible();
  await lead.getByRole("button", { name: "Reopen" }).click();
  await expect(lead.getByText("With the AI", { exact: true })).toBeVisible();
  await lead.getByRole("button", { name: "Solve" }).click();
  await expect(lead.getByRole("button", { name: "Reopen" })).toBeVisible();
  await ask(page, "One more thing: do you repair tents?");
  await expect(lead.getByText("With the AI", { exact: true })).toBeVisible();
});

test("A lead assigns a conversation to a colleague, who finds it among their own", async ({
  page,
  arrive,
}) => {
  await openChat(page);
  await askForPerson(page);
  const id = await conversationOf(page);
  const lead = await arrive("lead");
  await openAtDesk(lead, id);
  const assigned = lead.getByLabel("Assigned to");
  const colleague = assigned
    .getByRole("option")
    .filter({ hasNotText: /Nobody|you/ })
    .first();
  const name = ((await colleague.textContent()) ?? "").replace("Assigned to: ", "");
  await assigned.selectOption({ label: `Assigned to: ${name}` });
  await expect(lead.getByText("Assigned", { exact: true })).toBeVisible();
  await lead.goto("/desk?filter=waiting");
  await expect(rowOf(lead, id)).toContainText(name);
});
