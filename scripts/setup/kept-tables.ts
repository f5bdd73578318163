import pg from "pg";

/** What an operation can change, parents before children. */
const TABLES = [
  "ShopVariant",
  "ShopProfile",
  "ShopProfileChange",
  "ShopPaymentMethod",
  "ShopOrder",
  "ShopOrderItem",
  "ShopPayment",
  "ShopReturn",
  "ShopEffect",
  "ShopShipment",
];

const OWNED = new Set(["ShopProfile", "ShopProfileChange", "ShopPaymentMethod", "ShopOrder"]);

/** A copy of the shop's tables as they were imported, to begin each case from. */
export class Kept {
  readonly #client: pg.Client;

  constructor(url: string) {
    this.#client = new pg.Client({ connectionString: url });
  }

  async keep(): Promise<void> {
    await this.#client.connect();
    await this.#client.query("CREATE SCHEMA kept");
    for (const table of TABLES) {
      await this.#client.query(`CREATE TABLE kept."${table}" AS TABLE "${table}"`);
    }
  }

  /** Whose rows are not as they were, by their ids; and whether the catalogue is as it was. */
  async changed(): Promise<{ people: Set<string>; products: boolean }> {
    const differing = TABLES.filter((table) => table !== "ShopVariant").map((table) => {
      const owner = OWNED.has(table)
        ? "t.customer_id"
        : `(SELECT customer_id FROM "ShopOrder" WHERE id = t.order_id)`;
      const rows = (from: string) => `SELECT ${owner} AS id, t::text FROM ${from}"${table}" t`;
      const [now, then] = [rows(""), rows("kept.")];
      return `SELECT id FROM (((${now}) EXCEPT (${then})) UNION ALL ((${then}) EXCEPT (${now}))) d`;
    });
    const found = await this.#client.query<{ id: string }>(differing.join(" UNION "));
    const shown = (from: string) =>
      `SELECT id, product_id, options::text, price_cents, on_sale, stock > 0, position FROM ${from}"ShopVariant"`;
    const { rowCount } = await this.#client.query(`${shown("")} EXCEPT ${shown("kept.")}`);
    return { people: new Set(found.rows.map(({ id }) => id)), products: (rowCount ?? 0) > 0 };
  }

  async putBack(): Promise<void> {
    const names = TABLES.map((table) => `"${table}"`).join(", ");
    const rows = TABLES.map((table) => `INSERT INTO "${table}" SELECT * FROM kept."${table}"`);
    await this.#client.query(["BEGIN", `TRUNCATE ${names}`, ...rows, "COMMIT"].join(";\n"));
  }

  async end(): Promise<void> {
    await this.#client.end();
  }
}
