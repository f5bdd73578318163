import type { Page } from "@playwright/test";
import { expect, test } from "@/e2e/fixtures";
import { hire, invite, join, openAtDesk, rowOf, takeOver } from "@/e2e/support/desk";
import { askForPerson, conversationOf, openChat, signIn } from "@/e2e/support/people";

/** Chooses what to change about a colleague, and confirms it. */
async function change(admin: Page, name: string, what: string): Promise<void> {
  await admin.goto("/admin/people");
  await admin.getByRole("button", { name: `Change ${name}` }).click();
  await admin.getByRole("menuitem", { name: what }).click();
  await admin.getByRole("alertdialog").getByRole("button", { name: what }).click();
}

test("An invited colleague joins by a one-time link, which nobody can use again", async ({
  arrive,
}) => {
  const admin = await arrive("admin");
  const link = await invite(admin, "Support lead");
  const colleague = await arrive();
  await colleague.goto(link);
  await expect(
    colleague.getByText("You were invited as a support lead.", { exact: false }),
  ).toBeVisible();
  await join(colleague, link, "Wilma Ek");
  await expect(colleague.getByRole("heading", { name: "Inbox" })).toBeVisible();
  const another = await arrive();
  await another.goto(link);
  await expect(
    another.getByRole("heading", { name: "This link does not work any more" }),
  ).toBeVisible();
  await admin.goto("/admin/people");
  await expect(admin.getByRole("row", { name: /Wilma Ek/ })).toContainText("Support lead");
});

test("A colleague who is made an admin enters the administration with their next click", async ({
  arrive,
}) => {
  const name = `Tove ${crypto.randomUUID().slice(0, 4)}`;
  const { page, admin } = await hire(arrive, "Support lead", name);
  await page.goto("/admin/people");
  await expect(page.getByRole("heading", { name: "This page needs an admin" })).toBeVisible();
  await change(admin, name, "Make an admin");
  await expect(admin.getByText(`${name} is now an admin`, { exact: true })).toBeVisible();
  await page.goto("/admin/people");
  await expect(page.getByRole("heading", { name: "People" })).toBeVisible();
});

test.describe("after the last day", () => {
  // The open page is told by its stream, and asks in vain for a new one.
  test.use({ allowErrors: [/status of 40[14] .*stream/] });

  test("A deactivated colleague's next request is refused, and their conversations return to the queue", async ({
    page: customer,
    arrive,
  }) => {
    const name = `Ole ${crypto.randomUUID().slice(0, 4)}`;
    const { page, admin, email, password } = await hire(arrive, "Support lead", name);
    await openChat(customer);
    await askForPerson(customer);
    const id = await conversationOf(customer);
    await openAtDesk(page, id);
    await takeOver(page);
    const ended = page.waitForEvent("requestfinished", (request) =>
      request.url().includes("/api/desk/stream"),
    );
    await change(admin, name, "Deactivate");
    await expect(
      admin.getByText("One conversation returned to the queue.", { exact: true }),
    ).toBeVisible();
    await ended;
    await page.goto("/desk");
    await expect(page).toHaveURL(/sign-in/);
    await page.getByLabel("E-mail").fill(email);
    await page.getByLabel("Password").fill(password);
    await page.getByRole("button", { name: "Sign in", exact: true }).click();
    await expect(page.getByText("do not match", { exact: false })).toBeVisible();
    await admin.goto("/desk?filter=waiting");
    await expect(rowOf(admin, id)).toContainText("Unassigned");
  });
});

test("A colleague changes their password, which ends every other session of theirs", async ({
  arrive,
}) => {
  const { page, email, password } = await hire(arrive, "Support lead", "Runa Dahl");
  const phone = await arrive();
  await signIn(phone, { email, password });
  await page.goto("/account");
  await page.getByLabel("Current password").fill("not this one at all");
  await page.getByLabel("New password").fill("another desk by the window");
  await page.getByRole("button", { name: "Change password" }).click();
  await expect(
    page.getByText("The current password is not right.", { exact: false }),
  ).toBeVisible();
  await page.getByLabel("Current password").fill(password);
  await page.getByRole("button", { name: "Change password" }).click();
  await expect(page.getByText("Your password is changed.")).toBeVisible();
  await phone.goto("/desk");
  await expect(phone).toHaveURL(/sign-in/);
  await signIn(phone, { email, password: "another desk by the window" });
  await expect(phone).toHaveURL(/\/desk/);
  await page.goto("/account");
  await page.getByRole("button", { name: "Sign out everywhere else" }).click();
  await expect(page.getByText("Every other session is over.")).toBeVisible();
  await phone.goto("/desk");
  await expect(phone).toHaveURL(/sign-in/);
  await page.goto("/desk");
  await expect(page.getByRole("heading", { name: "Inbox" })).toBeVisible();
});
