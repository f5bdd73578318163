import { expect, test } from "@/e2e/fixtures";
import { join } from "@/e2e/support/desk";
import { answers, openChat, write } from "@/e2e/support/people";
import { openShop } from "@/e2e/support/shop";

// A product of its own whose first model refuses its key.
test.describe.configure({ mode: "default" });

const shop = openShop((models) => ({
  OPENAI_API_KEY: "a-key-that-was-revoked",
  OPENAI_BASE_URL: models.of("first"),
  OPENAI_MODEL: "first-model",
  SECOND_OPENAI_API_KEY: "a-key-for-tests",
  SECOND_OPENAI_BASE_URL: models.of("second"),
  SECOND_OPENAI_MODEL: "second-model",
}));

test("A customer is answered by the second model while the first one's key is refused, tries an answer that broke off again, and an admin reads what is wrong", async ({
  arrive,
}) => {
  shop.model.script({ steps: [{ fault: "wrong_key" }], repeat: true }, "first");
  const steps = [
    { text: "We have three pairs of gloves." },
    { text: "They are made of wool and leather and of course lined.", fault: "cut" as const },
    { text: "Two are made of wool, one of leather." },
  ];
  shop.model.script(
    { match: "gloves", steps: steps.map((step) => ({ ...step, tokenDelayMs: 40 })) },
    "second",
  );
  const page = await arrive(null, { baseURL: shop.product.url });
  await openChat(page);
  await write(page, "Do you sell gloves?");
  await expect(answers(page)).toHaveCount(1);
  await expect(answers(page)).toContainText("We have three pairs of gloves.");
  await expect(page.getByText("out of service")).toHaveCount(0);

  await write(page, "What are the gloves made of?");
  await expect(answers(page)).toHaveCount(2);
  await expect(answers(page).last()).toContainText("They are made of wool");
  await expect(answers(page).last()).toContainText(
    "The connection to our assistant broke off. You can try again, or ask for a person at any time.",
  );
  await page.reload();
  await page.getByRole("button", { name: "Retry" }).click();
  await expect(answers(page)).toHaveCount(3);
  await expect(answers(page).last()).toContainText("Two are made of wool, one of leather.");
  await expect(page.getByRole("button", { name: "Retry" })).toHaveCount(0);
  expect(shop.model.requests("first")).toHaveLength(1);

  const admin = await arrive(null, { baseURL: shop.product.url });
  await join(admin, shop.adminLink, "Astrid Berg");
  await expect(async () => {
    await admin.goto("/admin/status");
    const row = admin.getByRole("row", { name: /Language model \(first-model\)/ });
    await expect(row).toContainText("Does not work", { timeout: 1_000 });
    await expect(row).toContainText("The provider refuses the key", { timeout: 1_000 });
  }).toPass({ timeout: 30_000 });
});
