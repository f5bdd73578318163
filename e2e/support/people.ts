import {
  type Browser,
  type BrowserContext,
  expect,
  type Locator,
  type Page,
} from "@playwright/test";

/** The demo's people, as scripts/seed makes them. Journeys share them, so they only read or work on their own things. */
export const people = {
  maya: { email: "maya@example.com", password: "fellside-maya" },
  jonas: { email: "jonas@example.com", password: "fellside-jonas" },
  lead: { email: "lead@example.com", password: "fellside-lead" },
  admin: { email: "admin@example.com", password: "fellside-admin" },
} as const;
export type Person = keyof typeof people;
export type Credentials = { email: string; password: string };

export async function signIn(page: Page, who: Person | Credentials, next = ""): Promise<void> {
  const { email, password } = typeof who === "string" ? people[who] : who;
  await page.goto(next ? `/sign-in?next=${encodeURIComponent(next)}` : "/sign-in");
  await page.getByLabel("E-mail").fill(email);
  await page.getByLabel("Password").fill(password);
  await page.getByRole("button", { name: "Sign in", exact: true }).click();
  await expect(page).not.toHaveURL(/sign-in/);
}

type Session = Awaited<ReturnType<BrowserContext["storageState"]>>;
const sessions = new Map<Person, Promise<Session>>();

/** A demo person's session, made once in each of Playwright's processes. */
export function signedIn(browser: Browser, who: Person): Promise<Session> {
  const held = sessions.get(who) ?? makeSession(browser, who);
  sessions.set(who, held);
  return held;
}

async function makeSession(browser: Browser, who: Person): Promise<Session> {
  const context = await browser.newContext();
  const page = await context.newPage();
  await signIn(page, who);
  const session = await context.storageState();
  await context.close();
  return session;
}

/** A new customer with a name and an address of their own. */
export async function register(page: Page, name: string): Promise<Credentials> {
  const person = { email: `${crypto.randomUUID()}@example.com`, password: "a walk in the hills" };
  await page.goto("/register");
  await page.getByLabel("Name").fill(name);
  await page.getByLabel("E-mail").fill(person.email);
  await page.getByLabel("Password").fill(person.password);
  await page.getByRole("button", { name: "Register" }).click();
  await expect(page).not.toHaveURL(/register/);
  return person;
}

/** Opens the chat and agrees, where that has not been done; to be counted only where that is said. */
export async function openChat(page: Page, { analytics = false } = {}): Promise<void> {
  await page.goto("/chat");
  const agree = page.getByRole("button", { name: "Agree and chat" });
  await expect(agree.or(composer(page))).toBeVisible();
  if (await agree.isVisible()) {
    await page.getByLabel("Show support figures about me").setChecked(analytics);
    await agree.click();
  }
  await expect(composer(page)).toBeVisible();
}

export function composer(page: Page): Locator {
  return page.getByLabel("Your message");
}

export function answers(page: Page): Locator {
  return page.getByRole("article", { name: "Answer", exact: true });
}

/** What a person of the support team answered, as the customer sees it. */
export function replies(page: Page): Locator {
  return page.getByRole("article", { name: "Support answered" });
}

/** Writes a message and waits until it stands in the conversation as sent. */
export async function write(page: Page, text: string): Promise<void> {
  await type(page, text);
  const mine = page.getByRole("article", { name: "You wrote" }).filter({ hasText: text }).last();
  await expect(mine).toContainText(/Sent|Seen/);
}

/** Writes a message and returns the finished answer to it. */
export async function ask(page: Page, text: string): Promise<Locator> {
  // What was said before stands there as soon as one can write.
  await expect(composer(page)).toBeVisible();
  const before = await answers(page).count();
  await write(page, text);
  await expect(answers(page)).toHaveCount(before + 1, { timeout: 20_000 });
  return answers(page).last();
}

/** Asks as somebody does who is told that they write too fast: waits a moment, and tries again. */
export async function askPatiently(page: Page, text: string): Promise<Locator> {
  await expect(composer(page)).toBeVisible();
  const before = await answers(page).count();
  await type(page, text);
  const retry = page.getByRole("button", { name: "Retry" });
  await expect(async () => {
    if (await retry.isVisible()) {
      await retry.click();
    }
    await expect(answers(page)).toHaveCount(before + 1, { timeout: 4_000 });
  }).toPass({ timeout: 90_000 });
  return answers(page).last();
}

/** Types and sends, once the page is alive: before that, as for a person too, Enter only breaks the line. */
async function type(page: Page, text: string): Promise<void> {
  const field = composer(page);
  const isAlive = () =>
    field.evaluate((node) => Object.keys(node).some((key) => key.startsWith("__reactProps")));
  await expect.poll(isAlive).toBe(true);
  await field.fill(text);
  await field.press("Enter");
}

/** The id of the conversation on a customer's screen. */
export async function conversationOf(page: Page): Promise<string> {
  await expect(page).toHaveURL(/\/chat\/[0-9a-f-]{36}$/);
  return page.url().slice(-36);
}

/** Asks for a person in the customer's own words, and waits until that is understood. */
export async function askForPerson(page: Page): Promise<void> {
  await write(page, "I would like to talk to a person, please.");
  await expect(page.getByText("You asked for a person.", { exact: false })).toBeVisible();
}
