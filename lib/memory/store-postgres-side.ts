import type { SubjectKey } from "@/lib/privacy/schema";
import { db } from "@/lib/storage";
import type { Carried, MoveSide } from "./move";
import type { SaveAnswer } from "./port";
import type { SinceOf } from "./schema";
import { findHead } from "./store";
import { PostgresMemory } from "./store-postgres";

const LIST_PAGE = 500;

/** The authority. It takes what was folded; the messages are the record's, which no migration writes. */
export class PostgresSide implements MoveSide {
  readonly name = "postgres";
  private readonly memory: PostgresMemory;

  constructor(since: SinceOf) {
    this.memory = new PostgresMemory(since);
  }

  /** Every conversation that has messages, whether anything of it was folded or not. */
  async *listKeys(): AsyncIterable<string> {
    let after = "00000000-0000-0000-0000-000000000000";
    for (;;) {
      const rows = await db().$queryRaw<{ id: string }[]>`
        SELECT id FROM "Conversation" WHERE id > ${after}::uuid AND last_seq > 0
        ORDER BY id LIMIT ${LIST_PAGE}`;
      yield* rows.map(({ id }) => id);
      const last = rows.at(-1);
      if (!last || rows.length < LIST_PAGE) {
        return;
      }
      after = last.id;
    }
  }

  async exists(conversationId: string): Promise<boolean> {
    const rows = await db().$queryRaw<{ id: string }[]>`
      SELECT id FROM "Conversation" WHERE id = ${conversationId}::uuid AND last_seq > 0`;
    return rows.length === 1;
  }

  async read(conversationId: string, owner: SubjectKey): Promise<Carried | null> {
    const loaded = await this.memory.load(conversationId, owner);
    return loaded.kind === "state"
      ? { state: loaded.state, ttlSeconds: null, remainingMs: null }
      : null;
  }

  async write(
    conversationId: string,
    owner: SubjectKey,
    { state }: Carried,
  ): Promise<SaveAnswer | "ahead"> {
    const found = await findHead(conversationId, owner);
    // It knows messages that the record does not: the record was put back, and what it never had cannot be covered.
    if (found && found.lastSeq < state.lastSeq) {
      return "ahead";
    }
    return await this.memory.save(conversationId, owner, state);
  }

  close(): void {
    // The process's own connections outlive a migration.
  }
}
