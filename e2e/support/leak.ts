import { readdir, readFile } from "node:fs/promises";
import path from "node:path";
import { everythingInRedis } from "@/e2e/support/redis";
import { withDatabase } from "@/scripts/setup/database.mjs";

/** What a customer tells in a journey and nobody but them, the lead who owns the case and the sealed record may hold. */
export const planted = {
  name: "Quillon Braskweather",
  email: "leaky.kettle4821@parcelmail.example",
  phone: "+49 30 90182 7714",
  card: "4539 1488 0343 6467",
  iban: "DE89 3704 0044 0532 0130 00",
  ssn: "219-09-9463",
  ip: "203.0.113.77",
  address: "17 Thornquist Lane, Millbrook, VT 05401",
  password: "kestrel-7-lanterns",
} as const;

/** What other journeys' customers say or sign in with. */
export const everyday = {
  "a customer's name": "Sarah",
  "a customer's e-mail": "maya@example.com",
  "another's e-mail": "jonas@example.com",
} as const;

type Planted = Record<string, string>;
type Place = { where: string; text: string };

/** Shorter than this, an encoded form stands in sealed bytes by chance. */
const ENCODED_CHARS_MIN = 10;

/** How a value may stand somewhere: as written, without its gaps, by one rare word of it, or encoded. */
function formsOf(value: string): { plain: RegExp; encoded: string[] } {
  const compact = value.replaceAll(/[\s-]/g, "");
  const digits = /^[+\d\s-]+$/.test(value) ? [value.replaceAll(/\D/g, "")] : [];
  const words = value.split(/[\s,]+/).filter((word) => /^\p{Lu}\p{Ll}{7,}$/u.test(word));
  const plain = [...new Set([value, compact, ...digits, ...words])];
  const encoded = plain
    .flatMap((form) => [
      encodeURIComponent(form),
      Buffer.from(form, "utf8").toString("hex"),
      Buffer.from(form, "utf16le").toString("hex"),
      ...base64Forms(form),
    ])
    .filter((form) => form.length >= ENCODED_CHARS_MIN);
  const either = plain.map((form) => form.replaceAll(/[.+*?()[\]{}|^$\\]/g, "\\$&")).join("|");
  return { plain: new RegExp(`(?<![a-z0-9])(?:${either})(?![a-z0-9])`, "i"), encoded };
}

// Inside longer base64 a value has one of three beginnings; its edges depend on what stands beside it.
function base64Forms(form: string): string[] {
  return [0, 1, 2].map((shift) => {
    const whole = Buffer.from(" ".repeat(shift) + form, "utf8").toString("base64");
    return whole.slice(shift === 0 ? 0 : 4).replace(/.{0,3}=*$/, "");
  });
}

/** Each planted value that stands somewhere: "email in the log". */
export function findLeaks(values: Planted, places: readonly Place[]): string[] {
  const wanted = Object.entries(values).map(([what, value]) => ({ what, ...formsOf(value) }));
  return places.flatMap(({ where, text }) =>
    wanted
      .filter(
        ({ plain, encoded }) => plain.test(text) || encoded.some((form) => text.includes(form)),
      )
      .map(({ what }) => `${what} in ${where}`),
  );
}

type Client = { query: (sql: string) => Promise<{ rows: Record<string, string>[] }> };

const TABLES = `SELECT format('%I.%I', table_schema, table_name) AS name FROM information_schema.tables
  WHERE table_type = 'BASE TABLE' AND table_schema NOT IN ('pg_catalog', 'information_schema')`;

/** Every row of every table of a database, jobs and their payloads too, as PostgreSQL writes them. */
export async function everythingInDatabase(url: string): Promise<Place[]> {
  return await withDatabase(url, async (client: Client) => {
    const places: Place[] = [];
    for (const { name } of (await client.query(TABLES)).rows) {
      const { rows } = await client.query(`SELECT t::text AS text FROM ${name} t`);
      places.push({ where: `table ${name}`, text: rows.map(({ text }) => text).join("\n") });
    }
    return places;
  });
}

/** Every key and value that Redis holds. */
export async function everythingHeldInRedis(): Promise<Place[]> {
  return [{ where: "Redis", text: await everythingInRedis() }];
}

/** Every file below a folder. */
export async function everythingInFiles(folder: string): Promise<Place[]> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  return await Promise.all(
    entries
      .filter((entry) => entry.isFile())
      .map(async (entry) => {
        const file = path.join(entry.parentPath, entry.name);
        return { where: `file ${entry.name}`, text: await readFile(file, "latin1") };
      }),
  );
}
