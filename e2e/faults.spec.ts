import { expect, test } from "@/e2e/fixtures";
import { answers, ask, composer, openChat } from "@/e2e/support/people";
import { startProduct } from "@/e2e/support/product";
import { layWire } from "@/e2e/support/wire";

/** The address of a server as it is reached over a wire that can be cut. */
async function wireTo(variable: "REDIS_URL" | "DATABASE_URL") {
  const server = new URL(process.env[variable] ?? "");
  const wire = await layWire(server);
  const target = new URL(server);
  target.hostname = "127.0.0.1";
  target.port = String(wire.port);
  return { wire, product: await startProduct({ [variable]: target.href }) };
}

test.describe("while Redis is stopped", () => {
  // At its end the product goes before the pages that look at it.
  test.use({ allowErrors: [/ERR_|Failed to fetch RSC payload|status of 503/] });

  test("A customer goes on chatting while Redis is stopped, and staff are told", async ({
    arrive,
  }) => {
    const { wire, product } = await wireTo("REDIS_URL");
    try {
      const page = await arrive(null, { baseURL: product.url });
      const lead = await arrive("lead", { baseURL: product.url });
      await openChat(page);
      await ask(page, "Hi, my name is Sarah.");
      await lead.goto("/desk");
      await expect(lead.getByRole("heading", { name: "Inbox" })).toBeVisible();
      const ready = await (await lead.request.get("/api/ready")).json();
      expect(ready).toMatchObject({ parts: { redis: "up" } });
      await expect(lead.getByText("Redis does not answer.", { exact: false })).toHaveCount(0);
      wire.cut();
      await expect(await ask(page, "What is my name?")).toContainText("Sarah");
      await lead.reload();
      await expect(lead.getByText("Redis does not answer.", { exact: false })).toBeVisible();
      wire.mend();
      await ask(page, "What does delivery cost?");
      await expect(async () => {
        await lead.reload();
        await expect(lead.getByRole("heading", { name: "Inbox" })).toBeVisible();
        const { parts } = await (await lead.request.get("/api/ready")).json();
        expect(parts.redis).toBe("up");
      }).toPass({ timeout: 15_000 });
      await expect(lead.getByText("Redis does not answer.", { exact: false })).toHaveCount(0);
      await expect(await ask(page, "What is my name?")).toContainText("Sarah");
    } finally {
      await product.stop();
      await wire.remove();
    }
  });
});

test.describe("while the database restarts", () => {
  test.use({ allowErrors: [/status of 50\d|ERR_|unavailable|React error #441|Failed to fetch/i] });

  test("A customer is told to try again, nothing is half-written, and Retry works once it is back", async ({
    arrive,
  }) => {
    const { wire, product } = await wireTo("DATABASE_URL");
    try {
      const page = await arrive(null, { baseURL: product.url });
      await openChat(page);
      await ask(page, "What does delivery cost?");
      wire.cut();
      await composer(page).fill("Do you repair tents?");
      await composer(page).press("Enter");
      const refused = page.getByRole("article", { name: "You wrote" }).last();
      await expect(refused).toContainText("Not sent.", { timeout: 20_000 });
      await expect(refused).toContainText("try again");
      await page.goto("/memory");
      await expect(
        page.getByRole("heading", { name: "This page could not be loaded" }),
      ).toBeVisible({
        timeout: 20_000,
      });
      wire.mend();
      await expect(async () => {
        expect((await page.request.get("/api/ready")).status()).toBe(200);
      }).toPass({ timeout: 20_000 });
      await page.getByRole("button", { name: "Try again" }).click();
      await expect(page.getByRole("heading", { name: "What we remember" })).toBeVisible();
      await page.goto("/chat/earlier");
      await page
        .getByRole("main")
        .getByRole("link", { name: /^What does delivery cost/ })
        .click();
      await expect(page.getByRole("article", { name: "You wrote" })).toHaveCount(2);
      await expect(answers(page)).toHaveCount(1);
      await page.getByRole("button", { name: "Retry" }).click();
      await expect(answers(page)).toHaveCount(2, { timeout: 20_000 });
      await page.reload();
      await expect(page.getByRole("article", { name: "You wrote" })).toHaveCount(2);
      await expect(answers(page)).toHaveCount(2);
    } finally {
      await product.stop();
      await wire.remove();
    }
  });
});
