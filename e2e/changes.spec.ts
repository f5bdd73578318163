import type { Page } from "@playwright/test";
import { expect, expectAccessible, test } from "@/e2e/fixtures";
import { placeOrder } from "@/e2e/support/orders";
import { answers, openChat, register, write } from "@/e2e/support/people";
import { openShop } from "@/e2e/support/shop";

// A real endpoint behind one product of its own, in a database of its own: the model calls what these journeys tell it to.
test.describe.configure({ mode: "default", timeout: 180_000 });

const shop = openShop();
const card = (page: Page, title: string) => page.getByRole("region", { name: title });

test("A customer gives a parcel that has not left another address, and reads on the card where it goes", async ({
  arrive,
}) => {
  const page = await arrive(null, { baseURL: shop.product.url });
  const person = await register(page, "Hanna Voss");
  const number = await placeOrder(person, { settings: shop.database.settings });
  const title = `Change the address of order ${number}`;
  const args = { number, address1: "[ADDRESS_1]" };
  const toolCalls = [{ name: "change_order_address", args }];
  shop.model.script({
    match: "to my sister",
    steps: [{ toolCalls }, { text: "Please check the card." }, { text: "It goes there now." }],
  });
  await openChat(page);
  await write(page, `Send ${number} to my sister: Ahornallee 21, 04177 Leipzig`);
  await expect(card(page, title)).toContainText("Ahornallee 21");
  await expect(card(page, title)).toContainText("Nothing happens before you confirm");
  await expectAccessible(page);
  await page.getByRole("button", { name: "Change the address", exact: true }).click();
  await expect(card(page, title)).toContainText(`The address of order ${number} was changed`);
  await expect(answers(page).last()).toContainText("It goes there now.");
});

test("A customer sends an item back after reading what is refunded, and cannot do it twice", async ({
  arrive,
}) => {
  const page = await arrive(null, { baseURL: shop.product.url });
  const person = await register(page, "Emil Roth");
  const placing = { status: "delivered", settings: shop.database.settings } as const;
  const number = await placeOrder(person, placing);
  const title = `Return items of order ${number}`;
  const args = { number, itemIds: ["hollin-socks-42-44-grey"], paymentMethodId: "gift_card" };
  const toolCalls = [{ name: "return_items", args }];
  shop.model.script({
    match: "socks back",
    steps: [{ toolCalls }, { text: "Please check the card." }, { text: "We wait for them." }],
  });
  shop.model.script({
    match: "once more",
    steps: [{ toolCalls }, { text: "A return is under way already." }],
  });
  await openChat(page);
  await write(page, "I want to send the socks back");
  await expect(card(page, title)).toContainText("Hollin hiking socks");
  await expect(card(page, title)).toContainText("€19.00 goes back to your gift card");
  await page.getByRole("button", { name: "Return the items", exact: true }).click();
  await expect(card(page, title)).toContainText(`The return for order ${number} is noted`);
  await expect(answers(page).last()).toContainText("We wait for them.");
  await write(page, "And once more, please");
  await expect(answers(page).last()).toContainText("under way already");
  await expect(card(page, title)).toHaveCount(1);
});
