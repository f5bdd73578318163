import { mapTexts } from "./collect";
import { exportedName } from "./export-columns";
import type { Category } from "./export-content";
import { anonymizeUserId } from "./index-hash";
import { replacerOf } from "./known-values";
import { redactPii } from "./redact";
import { PlaceholderKind, type SubjectKey } from "./schema";
import { listColumns } from "./store-columns";

/** What stands in the place of everything that says who somebody is. */
const HIDDEN = "[REDACTED]";

/** Kinds that hold nothing but what is hidden, or only the machinery of a person's own request. */
const LEFT_OUT = new Set(["ReplyAddress", "ReplyLink", "Vault"]);
/** Fields that are hidden as a whole, whatever they say. */
const WHOLE = new Set([
  "Customer.email",
  "Customer.name",
  "ShopOrder.address",
  "ShopOrder.paymentMethod",
  "ShopOrder.recipient",
  "ShopPaymentMethod.details",
  "ShopProfile.address",
  "ShopShipment.events",
  "ShopShipment.trackingNumber",
]);

/** How an export is written for use outside the person's own request. */
export type Hiding = {
  text: (text: string) => string;
  categories: (all: readonly Category[]) => Promise<Category[]>;
};

/**
 * Hides everything that identifies the person, for good: the values that are kept of them wherever they stand, and what
 * else is recognised. Words, orders and times stay; the person has their pseudonym.
 */
export async function hideEverything(
  key: SubjectKey,
  vault: AsyncIterable<Record<string, unknown>>,
): Promise<Hiding> {
  const values = [];
  for await (const { kind, n, value } of vault) {
    values.push({ kind: PlaceholderKind.parse(kind), n: Number(n), value: String(value) });
  }
  const replace = replacerOf(values, () => HIDDEN);
  const text = (given: string) => redactPii(replace(given));
  const user = anonymizeUserId(key.ownerId);
  const categories = (all: readonly Category[]) =>
    Promise.all(
      all.filter(({ name }) => !LEFT_OUT.has(name)).map((each) => hideIn(each, { text, user })),
    );
  return { text, categories };
}

type Means = { text: Hiding["text"]; user: string };

async function hideIn(category: Category, { text, user }: Means): Promise<Category> {
  const { name, records } = category;
  const columns = await listColumns(name);
  const sealed = new Set(
    columns.filter(({ type }) => type === "bytea").map((column) => exportedName(column.name)),
  );
  const change = (field: string, value: unknown): unknown => {
    if (value !== null && WHOLE.has(`${name}.${field}`)) {
      return HIDDEN;
    }
    if (field === "customerId" || (name === "Customer" && field === "id")) {
      return user;
    }
    return sealed.has(field) ? mapTexts(value, text) : value;
  };
  async function* hidden() {
    for await (const record of records()) {
      yield Object.fromEntries(
        Object.entries(record).map(([field, value]) => [field, change(field, value)]),
      );
    }
  }
  return { ...category, records: hidden };
}
