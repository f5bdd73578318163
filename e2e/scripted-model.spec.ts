import { expect, test } from "@/e2e/fixtures";
import { type ModelServer, startModelServer } from "@/e2e/model-server";
import { join, openAtDesk } from "@/e2e/support/desk";
import { answers, conversationOf, openChat, write } from "@/e2e/support/people";
import {
  type Database,
  makeDatabase,
  type Product,
  seed,
  startProduct,
} from "@/e2e/support/product";

// A real endpoint behind one product of its own, in a database of its own: no other process takes its turns.
test.describe.configure({ mode: "default" });

const words = Array.from({ length: 80 }, (_, at) => `word${at + 1}`).join(" ");
let model: ModelServer;
let database: Database;
let product: Product;
let firstAdmin: string | null;

test.beforeAll(async () => {
  model = await startModelServer();
  database = await makeDatabase();
  firstAdmin = await seed(database.settings);
  product = await startProduct({
    ...database.settings,
    OPENAI_API_KEY: "a-key-for-tests",
    OPENAI_BASE_URL: model.url,
    OPENAI_MODEL: "scripted",
  });
});

test.afterAll(async () => {
  await product?.stop();
  await database?.remove();
  await model?.close();
});

test("A customer watches an answer grow word by word, stops it, and keeps what was shown", async ({
  arrive,
}) => {
  model.script({ match: "slowly", steps: [{ text: words, tokenDelayMs: 150 }] });
  const page = await arrive(null, { baseURL: product.url });
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
  model.script({ match: "at length", steps: [{ text: words, tokenDelayMs: 200 }] });
  const page = await arrive(null, { baseURL: product.url });
  await openChat(page);
  await write(page, "Tell me at length.");
  const id = await conversationOf(page);
  const admin = await arrive(null, { baseURL: product.url });
  await join(admin, new URL(firstAdmin ?? "", product.url).pathname, "Astrid Berg");
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
  model.script({ match: "gloves", steps: [{ fault: "server_error" }], repeat: true });
  const page = await arrive(null, { baseURL: product.url });
  await openChat(page);
  await write(page, "Do you sell gloves?");
  await expect(answers(page)).toHaveCount(1, { timeout: 45_000 });
  await expect(answers(page)).toContainText(/person/);
  await page.getByRole("button", { name: "Talk to a person" }).click();
  await expect(page.getByText("You asked for a person.", { exact: false })).toBeVisible();
});
