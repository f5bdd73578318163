import { randomUUID } from "node:crypto";
import { createGuest } from "@/lib/customer";
import { countTokens } from "@/lib/memory";
import type { MemoryStamp, RecordedMessage } from "@/lib/memory/schema";
import { asRedacted, bodyMac, keyOf, seal } from "@/lib/privacy";
import type { SubjectKey } from "@/lib/privacy/schema";
import { answer, question } from "./talk";

export type Sql = {
  query: (sql: string, values: unknown[]) => Promise<{ rows: Record<string, unknown>[] }>;
};

const SPEAKERS = { customer: "Customer", assistant: "Assistant" };
type Role = keyof typeof SPEAKERS;

/** Of a row of `Message`: what differs from message to message. */
const COLUMNS =
  "(id, conversation_id, customer_id, seq, role, body_sealed, body_mac, tokens, created_at)";

/**
 * A guest's conversation in PostgreSQL, whose messages are written here as the record writes them: sealed, numbered,
 * with the conversation's last seq. How long the record takes to write is not what this bench measures.
 */
export class Talk {
  readonly id = randomUUID();
  readonly customer: { id: string; keyEpoch: number };
  private readonly sql: Sql;
  private turns = 0;
  private lastSeq = 0;

  private constructor(sql: Sql, customer: { id: string; keyEpoch: number }) {
    this.sql = sql;
    this.customer = customer;
  }

  static async begin(sql: Sql): Promise<Talk> {
    const talk = new Talk(sql, await createGuest());
    await sql.query('INSERT INTO "Conversation" (id, customer_id) VALUES ($1, $2)', [
      talk.id,
      talk.customer.id,
    ]);
    return talk;
  }

  key(): Promise<SubjectKey> {
    return keyOf(this.customer);
  }

  /** The customer's next question, and what the claim of its turn answers. */
  async ask(): Promise<{ said: RecordedMessage; after: number; expect: MemoryStamp }> {
    const after = this.lastSeq;
    this.turns += 1;
    const { said, rows } = await this.say("customer", question(this.turns));
    return { said, after, expect: { lastSeq: said.seq, version: Number(rows[0]?.["version"]) } };
  }

  /** The answer to it, committed. */
  async answer(): Promise<RecordedMessage> {
    return (await this.say("assistant", answer(this.turns))).said;
  }

  private async say(role: Role, text: string) {
    const said = this.next(role, text);
    const { rows } = await this.sql.query(
      `WITH said AS (INSERT INTO "Message" ${COLUMNS}
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)
       ), moved AS (
         UPDATE "Conversation" SET last_seq = $4, last_message_at = $9 WHERE id = $2)
       SELECT coalesce((SELECT version FROM "Memory" WHERE conversation_id = $2), 0) AS version`,
      this.row(await this.key(), said),
    );
    return { said, rows };
  }

  /** A history that memory has never seen, written at once. */
  async write(turns: number): Promise<void> {
    if (turns === 0) {
      return;
    }
    const key = await this.key();
    const rows = Array.from({ length: turns }, () => {
      this.turns += 1;
      const asked = this.next("customer", question(this.turns));
      return [asked, this.next("assistant", answer(this.turns))];
    });
    const columns = rows.flat().map((said) => this.row(key, said));
    const types = ["uuid", "uuid", "uuid", "int", "text", "bytea", "bytea", "int", "timestamptz"];
    const lists = types.map((type, index) => `$${index + 1}::${type}[]`).join(", ");
    await this.sql.query(
      `INSERT INTO "Message" ${COLUMNS}
       SELECT a, b, c, d, e::"MessageRole", f, g, h, i FROM unnest(${lists}) AS given(a, b, c, d, e, f, g, h, i)`,
      types.map((_, index) => columns.map((row) => row[index])),
    );
    await this.sql.query('UPDATE "Conversation" SET last_seq = $2 WHERE id = $1', [
      this.id,
      this.lastSeq,
    ]);
  }

  private next(role: Role, text: string): RecordedMessage {
    this.lastSeq += 1;
    return {
      id: randomUUID(),
      seq: this.lastSeq,
      role,
      speaker: SPEAKERS[role],
      // Nothing in it is personal.
      text: asRedacted(text),
      tokens: countTokens(text),
      createdAt: new Date().toISOString(),
    };
  }

  private row(key: SubjectKey, { id, seq, role, text, tokens, createdAt }: RecordedMessage) {
    const sealed = seal(key, { table: "Message", row: id, column: "bodySealed" }, text);
    const body = [Buffer.from(sealed), Buffer.from(bodyMac(key, text))];
    return [id, this.id, this.customer.id, seq, role, ...body, tokens, createdAt];
  }

  /** The stamp without a new question: what a turn would be told that asks for nothing more. */
  async stamp(): Promise<MemoryStamp> {
    const { rows } = await this.sql.query(
      'SELECT coalesce((SELECT version FROM "Memory" WHERE conversation_id = $1), 0) AS version',
      [this.id],
    );
    return { lastSeq: this.lastSeq, version: Number(rows[0]?.["version"]) };
  }

  /** What the record and the memory take in PostgreSQL, row by row. */
  async storedBytes(): Promise<number> {
    const of = (table: string) =>
      `coalesce((SELECT sum(pg_column_size(t.*)) FROM "${table}" t WHERE conversation_id = $1), 0)`;
    const { rows } = await this.sql.query(
      `SELECT ${["Message", "Memory", "MemoryFold"].map(of).join(" + ")} AS bytes`,
      [this.id],
    );
    return Number(rows[0]?.["bytes"]);
  }
}
