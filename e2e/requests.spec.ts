import { expect, expectAccessible, test } from "@/e2e/fixtures";
import { newCustomer } from "@/e2e/support/desk";
import { ask, composer, openChat } from "@/e2e/support/people";
import { unzip } from "@/e2e/support/zip";

const JOB_MS = 60_000;

test("A customer says in the chat that their data is not to be used, which holds until they lift it there", async ({
  arrive,
}) => {
  const { page, password } = await newCustomer(arrive, "Ingrid Falk");
  await openChat(page);
  await ask(page, "Please stop using my data.");
  const card = page.getByRole("region", { name: "Your data" });
  await expect(card).toContainText("Nothing has been done.");
  await card.getByRole("link", { name: "Yes, go on" }).click();
  await page.getByLabel("Your password").fill(password);
  await page.getByRole("button", { name: "Restrict my data" }).click();
  await expect(page.getByText("It holds from now on")).toBeVisible();
  await expectAccessible(page);

  await page.goto("/chat");
  await expect(page.getByText("Your data is restricted")).toBeVisible();
  await expectAccessible(page);
  await composer(page).fill("Where is my order?");
  await composer(page).press("Enter");
  await expect(page.getByText(/nothing new is processed/).first()).toBeVisible();
  await page.getByRole("button", { name: "Lift the restriction" }).click();
  await expect(page.getByText("Your data is restricted")).toBeHidden();
  await page.reload();
  await expect(await ask(page, "What does delivery cost?")).not.toBeEmpty();
  await page.goto("/privacy");
  await expect(page.getByText(/Lifted on .* by you/)).toBeVisible();
});

test("Somebody without an account is answered by a link and a code, and somebody unknown that nothing is held", async ({
  page,
  arrive,
}) => {
  await openChat(page);
  const email = `${crypto.randomUUID()}@example.org`;
  await ask(page, `Please write to ${email} about juniper smoke in my jacket.`);
  const admin = await arrive("admin");
  await admin.goto("/admin/requests");
  await admin.getByRole("button", { name: "Open a request" }).click();
  const dialog = admin.getByRole("dialog");
  await dialog.getByLabel("Who").fill(email);
  await dialog.getByRole("button", { name: "Open the request" }).click();
  await dialog.getByRole("radio", { name: /Guest · 1 conversation/ }).check();
  await dialog.getByRole("button", { name: "Open the request" }).click();
  await admin.getByRole("button", { name: "Make the file" }).click();
  await expect(admin.getByText("The file is ready")).toBeVisible({ timeout: JOB_MS });
  await admin.getByRole("button", { name: "Make a link and a code" }).click();
  const link = await admin.getByLabel("Link", { exact: true }).inputValue();
  const code = await admin.getByLabel("Code", { exact: true }).inputValue();

  const elsewhere = await arrive();
  await elsewhere.goto(link);
  await elsewhere.getByLabel("Code").fill("1");
  await elsewhere.getByRole("button", { name: "Download" }).click();
  await expect(elsewhere.getByText("That is not the code.", { exact: false })).toBeVisible();
  await elsewhere.getByLabel("Code").fill(code);
  const [download] = await Promise.all([
    elsewhere.waitForEvent("download"),
    elsewhere.getByRole("button", { name: "Download" }).click(),
  ]);
  expect((await unzip(download)).get("index.html")).toContain("juniper smoke");
  await elsewhere.goto(link);
  await expect(elsewhere.getByText("This link does not work any more")).toBeVisible();

  await admin.goto("/admin/requests");
  await admin.getByRole("button", { name: "Open a request" }).click();
  await dialog.getByLabel("Who").fill(`${crypto.randomUUID()}@example.org`);
  await dialog.getByRole("button", { name: "Open the request" }).click();
  await dialog.getByRole("button", { name: "Record that we hold nothing" }).click();
  await expect(admin.getByText("We hold nothing about this person")).toBeVisible();
});
