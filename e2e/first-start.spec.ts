import { expect, test } from "@/e2e/fixtures";
import { join, openAtDesk } from "@/e2e/support/desk";
import { ask, conversationOf, openChat } from "@/e2e/support/people";
import {
  type Database,
  failToStart,
  makeDatabase,
  type Product,
  seed,
  startProduct,
} from "@/e2e/support/product";

test.describe("in an installation without the demo", () => {
  test.describe.configure({ mode: "default" });
  let database: Database;
  let product: Product;
  let link: string;

  test.beforeAll(async () => {
    database = await makeDatabase();
    const settings = { ...database.settings, LOG_LEVEL: "info" };
    link = new URL((await seed(settings)) ?? "").pathname;
    product = await startProduct(settings);
  });
  test.afterAll(async () => {
    await product?.stop();
    await database?.remove();
  });

  test("The first admin comes in by a printed link, works at the desk, and cannot be removed by anybody", async ({
    arrive,
  }) => {
    const admin = await arrive(null, { baseURL: product.url });
    await admin.goto(link);
    await expect(admin.getByRole("heading", { name: "Make the first admin" })).toBeVisible();
    await join(admin, link, "Edda Storm");
    for (const what of ["Deactivate", "Make a support lead"]) {
      await admin.goto("/admin/people");
      await admin.getByRole("button", { name: "Change Edda Storm" }).click();
      await admin.getByRole("menuitem", { name: what }).click();
      const dialog = admin.getByRole("alertdialog");
      await dialog.getByRole("button", { name: what }).click();
      await expect(
        dialog.getByText("This is the last active admin.", { exact: false }),
      ).toBeVisible();
    }
    await admin.goto("/admin/people");
    await expect(admin.getByRole("row", { name: /Edda Storm/ })).toContainText("Admin");

    const customer = await arrive(null, { baseURL: product.url });
    await openChat(customer);
    await ask(customer, "Hello");
    await openAtDesk(admin, await conversationOf(customer));
    const started = /"processId":"([0-9a-f-]{36})"/.exec(product.said())?.[1] ?? "none";
    const ready = await (await admin.request.get("/api/ready")).json();
    const meta = await admin.locator("meta[name=recollect-process]").getAttribute("content");
    // Read on its way: once the page moves on, Chromium may have dropped an answer's body.
    let acted = "";
    await admin.route("**", async (route) => {
      if (route.request().method() !== "POST") return route.fallback();
      const response = await route.fetch();
      acted += await response.text();
      await route.fulfill({ response });
    });
    await admin.getByRole("button", { name: "Solve" }).click();
    // Start-up, a route, a page and an action are one process with one state, however often its modules are loaded.
    expect([ready.process, meta]).toEqual([started, started]);
    await expect.poll(() => acted).toContain(started);
  });
});

for (const [name, value] of [
  ["SESSION_SECRET", ""],
  ["REDIS_URL", "not an address"],
] as const) {
  test(`An operator who ${value ? "mistyped" : "forgot"} ${name} is told so, and nothing starts`, async () => {
    const { code, said } = await failToStart({ [name]: value });
    expect(code).not.toBe(0);
    expect(said).toContain(name);
    expect(said).toContain("The environment is not complete");
  });
}
