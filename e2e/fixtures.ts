import AxeBuilder from "@axe-core/playwright";
import { test as base, type ConsoleMessage, expect, type Page } from "@playwright/test";

export { expect };

type Fixtures = {
  /** What a page may print as an error, where a journey provokes one on purpose. */
  allowErrors: RegExp[];
};

/** Every journey fails when its page prints an error or throws: what a person's browser complains about is a bug. */
export const test = base.extend<Fixtures>({
  allowErrors: [[], { option: true }],
  page: async ({ page, allowErrors }, use) => {
    const complaints = watch(page);
    await use(page);
    const unexpected = complaints.filter((line) => !allowErrors.some((one) => one.test(line)));
    expect(unexpected, "the page printed errors").toEqual([]);
  },
});

/** Collects what a page prints as an error or throws. */
export function watch(page: Page): string[] {
  const complaints: string[] = [];
  page.on("console", (message: ConsoleMessage) => {
    if (message.type() === "error") {
      complaints.push(`${message.text()} (${message.location().url})`);
    }
  });
  page.on("pageerror", (error) => complaints.push(String(error)));
  return complaints;
}

/** Nothing that axe can find may keep a person from using the page. */
export async function expectAccessible(page: Page): Promise<void> {
  const { violations } = await new AxeBuilder({ page }).analyze();
  const found = violations.map(
    ({ id, nodes }) => `${id}: ${nodes.map((n) => n.target.join(" ")).join(", ")}`,
  );
  expect(found).toEqual([]);
}
