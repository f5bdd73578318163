import AxeBuilder from "@axe-core/playwright";
import {
  type BrowserContextOptions,
  test as base,
  type ConsoleMessage,
  expect,
  type Page,
} from "@playwright/test";
import { type Person, signedIn } from "@/e2e/support/people";

export { expect };

/** Opens a browser of its own: a stranger's, or one in which a demo person is signed in. */
export type Arrive = (who?: Person | null, options?: BrowserContextOptions) => Promise<Page>;

type Fixtures = {
  /** What a page may print as an error, where a journey provokes one on purpose. */
  allowErrors: RegExp[];
  complaints: string[];
  arrive: Arrive;
};

/** Every journey fails when one of its pages prints an error or throws: what a person's browser complains about is a bug. */
export const test = base.extend<Fixtures>({
  allowErrors: [[], { option: true }],
  complaints: async ({ allowErrors }, use) => {
    const heard: string[] = [];
    await use(heard);
    const unexpected = heard.filter((line) => !allowErrors.some((one) => one.test(line)));
    expect(unexpected, "a page printed errors").toEqual([]);
  },
  page: async ({ page, complaints }, use) => {
    watch(page, complaints);
    await use(page);
  },
  arrive: async ({ browser, complaints }, use) => {
    const opened: Page[] = [];
    await use(async (who = null, options = {}) => {
      const session = who ? { storageState: await signedIn(browser, who) } : {};
      const context = await browser.newContext({ ...session, ...options });
      context.on("page", (page) => watch(page, complaints));
      const page = await context.newPage();
      opened.push(page);
      return page;
    });
    await Promise.all(opened.map((page) => page.context().close()));
  },
});

/** Collects what a page prints as an error or throws. */
function watch(page: Page, complaints: string[]): void {
  settleAfterGoing(page);
  page.on("console", (message: ConsoleMessage) => {
    if (message.type() === "error") {
      complaints.push(`${message.text()} (${message.location().url})`);
    }
  });
  page.on("pageerror", (error) => complaints.push(String(error)));
}

/**
 * What the server sends after a page's frame stands in the document twice for a moment, once hidden, and a text would be
 * found twice. Going somewhere ends when that is over; without JavaScript it never is, and nothing stands twice.
 */
function settleAfterGoing(page: Page): void {
  const go = page.goto.bind(page);
  page.goto = async (...where) => {
    const response = await go(...where);
    const settled = () => document.querySelector('div[hidden][id^="S:"]') === null;
    await page.waitForFunction(settled, null, { timeout: 5_000 }).catch(() => {});
    return response;
  };
}

/** Nothing that axe can find may keep a person from using the page. */
export async function expectAccessible(page: Page): Promise<void> {
  const { violations } = await new AxeBuilder({ page }).analyze();
  const found = violations.map(
    ({ id, nodes }) => `${id}: ${nodes.map((n) => n.target.join(" ")).join(", ")}`,
  );
  expect(found, page.url()).toEqual([]);
}
