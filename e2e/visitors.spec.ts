import { expect, test } from "@/e2e/fixtures";
import { newCustomer } from "@/e2e/support/desk";
import { ask, composer, openChat, people, register, write } from "@/e2e/support/people";

test("Whoever one is, the start page has the way to one's own", async ({ page, arrive }) => {
  for (const [label, address] of [
    ["Open the chat", "/chat"],
    ["Go to the desk", "/desk"],
    ["Go to administration", "/admin"],
  ] as const) {
    await page.goto("/");
    const way = page
      .getByRole("navigation", { name: "Ways in" })
      .getByRole("link", { name: label });
    await expect(way).toHaveAttribute("href", address);
  }
  await page.getByRole("link", { name: "Go to the desk" }).click();
  await expect(page).toHaveURL(/\/sign-in\?next=%2Fdesk/);
  const admin = await arrive("admin");
  await admin.goto("/");
  await admin.getByRole("link", { name: "Go to administration" }).click();
  await expect(admin.getByRole("heading", { name: "Requests" })).toBeVisible();
});

test("A visitor asks in the chat beside the shop's page, and goes on in the page of the chat", async ({
  page,
}) => {
  await page.goto("/");
  await page.getByRole("button", { name: "Ask us anything" }).click();
  const panel = page.getByRole("dialog");
  await panel.getByRole("button", { name: "Agree and chat" }).click();
  await panel.getByLabel("Your message").fill("What does delivery cost?");
  await panel.getByLabel("Your message").press("Enter");
  await expect(panel.getByRole("article", { name: "Answer", exact: true })).toHaveCount(1, {
    timeout: 20_000,
  });
  await page.keyboard.press("Escape");
  await expect(panel).toBeHidden();
  await page.goto("/chat/earlier");
  await page
    .getByRole("main")
    .getByRole("link", { name: /^What does delivery cost/ })
    .click();
  await expect(page.getByRole("article", { name: "Answer", exact: true })).toHaveCount(1);
});

test("A visitor reads a help page without having agreed to anything", async ({ page }) => {
  await page.goto("/help");
  await page.getByRole("main").getByRole("listitem").getByRole("link").first().click();
  await expect(page).toHaveURL(/\/help\/.+/);
  await expect(page.getByRole("heading", { level: 1 })).toBeVisible();
  expect(await page.context().cookies()).toEqual([]);
});

test("Nothing is stored in a visitor's browser before they do something", async ({ page }) => {
  for (const address of ["/", "/chat", "/help", "/privacy", "/memory", "/sign-in"]) {
    const response = await page.goto(address);
    await expect(page.getByRole("heading").first()).toBeVisible();
    expect(await response?.headersArray()).not.toContainEqual(
      expect.objectContaining({ name: expect.stringMatching(/^set-cookie$/i) }),
    );
    const kept = await page.evaluate(async () => ({
      local: localStorage.length,
      session: sessionStorage.length,
      databases: (await indexedDB.databases()).length,
      caches: await globalThis.caches?.keys(),
      workers: (await navigator.serviceWorker?.getRegistrations())?.length,
    }));
    const { local, session, databases, caches = [], workers = 0 } = kept;
    expect({ address, local, session, databases, caches, workers }).toEqual({
      ...{ address, local: 0, session: 0, databases: 0, caches: [], workers: 0 },
    });
    expect(await page.context().cookies(), address).toEqual([]);
  }
});

test.describe("with a link that leads nowhere", () => {
  test.use({ allowErrors: [/status of 404/] });

  test("A visitor is told that the page is not there, and where to go", async ({ page }) => {
    const response = await page.goto("/no/such/page");
    expect(response?.status()).toBe(404);
    await expect(page.getByRole("heading", { name: "This page is not here" })).toBeVisible();
    await page.goto("/help/no-such-article");
    await expect(page.getByRole("heading", { name: "This help page is not here" })).toBeVisible();
    await page.getByRole("link", { name: "All help pages" }).click();
    await expect(page.getByRole("heading", { name: "Help" })).toBeVisible();
  });
});

test("A customer whose session has ended signs in again and finds what they wrote", async ({
  page,
}) => {
  const { email, password } = await register(page, "Selma Lind");
  await openChat(page);
  await ask(page, "Do you repair tents?");
  await page.context().clearCookies();
  await composer(page).fill("And how long does the repair take?");
  await composer(page).press("Enter");
  await expect(page.getByText("Your session has ended")).toBeVisible();
  await expect(page.getByText("Not sent.", { exact: false })).toBeVisible();
  const address = page.url();
  await page.getByRole("main").getByRole("link", { name: "Sign in" }).click();
  await page.getByLabel("E-mail").fill(email);
  await page.getByLabel("Password").fill(password);
  await page.getByRole("button", { name: "Sign in", exact: true }).click();
  await expect(page).not.toHaveURL(/sign-in/);
  await page.goto(address);
  await expect(page.getByText("And how long does the repair take?")).toBeVisible();
  await page.getByRole("button", { name: "Retry" }).click();
  await expect(page.getByRole("article", { name: "Answer", exact: true })).toHaveCount(2, {
    timeout: 20_000,
  });
});

test("A guest who leaves a shared device leaves nothing readable on it", async ({ page }) => {
  await openChat(page);
  await write(page, "My secret plan is a tent in the garden.");
  const address = page.url();
  await composer(page).fill("half a secret");
  await page.getByRole("button", { name: "Account" }).click();
  await page.getByRole("menuitem", { name: "Leave this device" }).click();
  await expect(page.getByRole("heading", { name: "You are signed out" })).toBeVisible();
  const kept = await page.evaluate(() => [localStorage.length, sessionStorage.length]);
  expect(kept).toEqual([0, 0]);
  expect((await page.context().cookies()).filter(({ name }) => /guest|session/.test(name))).toEqual(
    [],
  );
  await page.goBack();
  await expect(page.getByText("secret")).toHaveCount(0);
  await page.goto(address);
  await expect(page.getByText("secret")).toHaveCount(0);
});

test("A customer who signs out leaves nothing readable in the browser", async ({ arrive }) => {
  const { page } = await newCustomer(arrive, "Mirjam Katz");
  await openChat(page);
  await ask(page, "My secret plan is a tent in the garden.");
  await composer(page).fill("half a secret");
  await page.goto("/account");
  await page.getByRole("button", { name: "Sign out and clear this device" }).click();
  await expect(page.getByRole("heading", { name: "You are signed out" })).toBeVisible();
  expect(await page.evaluate(() => [localStorage.length, sessionStorage.length])).toEqual([0, 0]);
  await page.goto("/chat");
  await expect(page.getByText("secret")).toHaveCount(0);
  await expect(page.getByText("Mirjam")).toHaveCount(0);
});

test("Customers and staff sign in on one page, and each arrives at their own", async ({
  arrive,
}) => {
  for (const [who, place] of [
    ["maya", /\/(chat)?$/],
    ["lead", /\/desk$/],
    ["admin", /\/(desk|admin)/],
  ] as const) {
    const page = await arrive();
    await page.goto("/sign-in");
    await page.getByLabel("E-mail").fill(people[who].email);
    await page.getByLabel("Password").fill(people[who].password);
    await page.getByRole("button", { name: "Sign in", exact: true }).click();
    await expect(page).toHaveURL(place);
  }
});

test("A wrong password and an unknown address are answered alike", async ({ page }) => {
  const said: string[] = [];
  for (const email of [people.jonas.email, `${crypto.randomUUID()}@example.com`]) {
    await page.goto("/sign-in");
    await page.getByLabel("E-mail").fill(email);
    await page.getByLabel("Password").fill("certainly not this");
    await page.getByRole("button", { name: "Sign in", exact: true }).click();
    const notice = page.getByText("That e-mail and password do not match.", { exact: false });
    await expect(notice).toBeVisible();
    await expect(page.getByLabel("E-mail")).toHaveValue(email);
    said.push(await notice.innerText());
  }
  expect(said[0]).toBe(said[1]);
});

test("A guest who registers keeps what they wrote before", async ({ page }) => {
  await openChat(page);
  await ask(page, "Hi, my name is Sarah and I need a tent for two people.");
  await register(page, "Sarah Wolf");
  await page.goto("/chat/earlier");
  await page.getByRole("main").getByRole("link", { name: /Sarah/ }).first().click();
  await expect(await ask(page, "What is my name?")).toContainText("Sarah");
});
