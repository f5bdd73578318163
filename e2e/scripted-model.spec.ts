import { expect, test } from "@/e2e/fixtures";
import { join, openAtDesk } from "@/e2e/support/desk";
import { answers, conversationOf, openChat, write } from "@/e2e/support/people";
import { openShop } from "@/e2e/support/shop";

// A real endpoint behind one product of its own, in a database of its own: no other process takes its turns.
test.describe.configure({ mode: "default" });

const words = Array.from({ length: 80 }, (_, at) => `word${at + 1}`).join(" ");
const shop = openShop();

test("A customer watches an answer grow word by word, stops it, and keeps what was shown", async ({
  arrive,
}) => {
  shop.model.script({ match: "slowly", steps: [{ text: words, tokenDelayMs: 150 }] });
  const page = await arrive(null, { baseURL: shop.product.url });
  await openChat(page);
  await write(page, "Please count slowly.");
  const writing = page.getByRole("article", { name: "Answer being written" });
  await expect(writing).toContainText("word3");
  await expect(writing).not.toContainText("word80");
  await page.getByRole("button", { name: "Stop the answer" }).click();
  await expect(answers(page)).toHaveCount(1);
  await expect(answers(page)).toContainText("This answer was stopped before it was finished.");
  await expect(answers(page)).toContainText("word3");
  await expect(answers(page)).not.toContainText("word80");
  await page.reload();
  await expect(answers(page)).toContainText("This answer was stopped before it was finished.");
  await expect(answers(page)).toContainText("word3");
});

test("A customer keeps the beginning of an answer that a person interrupted by taking over", async ({
  arrive,
}) => {
  shop.model.script({ match: "at length", steps: [{ text: words, tokenDelayMs: 200 }] });
  const page = await arrive(null, { baseURL: shop.product.url });
  await openChat(page);
  await write(page, "Tell me at length.");
  const id = await conversationOf(page);
  const admin = await arrive(null, { baseURL: shop.product.url });
  await join(admin, shop.adminLink, "Astrid Berg");
  await openAtDesk(admin, id);
  await expect(page.getByRole("article", { name: "Answer being written" })).toContainText("word3");
  await admin.getByRole("button", { name: "Take over" }).click();
  await expect(admin.getByText("Interrupted before it was finished")).toBeVisible();
  await expect(page.getByText("A person from our support team is with you.")).toBeVisible();
  await expect(answers(page)).toContainText("This answer was stopped before it was finished.");
  await expect(answers(page)).toContainText("word3");
  await expect(answers(page)).not.toContainText("word80");
});

test("A customer whose model is down gets an answer all the same, with the offer of a person", async ({
  arrive,
}) => {
  shop.model.script({ match: "gloves", steps: [{ fault: "server_error" }], repeat: true });
  const page = await arrive(null, { baseURL: shop.product.url });
  await openChat(page);
  await write(page, "Do you sell gloves?");
  await expect(answers(page)).toHaveCount(1, { timeout: 45_000 });
  await expect(answers(page)).toContainText(/person/);
  await page.getByRole("button", { name: "Talk to a person" }).click();
  await expect(page.getByText("You asked for a person.", { exact: false })).toBeVisible();
});
