import type { StaffCaller } from "@/lib/auth/schema";
import { newId } from "@/lib/id";
import { asRedacted, bodyMac, createKey, lexemes, seal } from "@/lib/privacy";
import type { SubjectKey } from "@/lib/privacy/schema";
import { db, transact } from "@/lib/storage";
import type { CaseSummaryModel } from "./schema";
import type { SummarizeDeps, SummarizedMessage } from "./summarize-conversation";

type Role = "customer" | "assistant" | "staff" | "tool" | "event";

/** A conversation with sealed messages, for tests; summaries read it through `since`. */
export class TestCase {
  readonly conversationId = newId();
  readonly customerId: string;
  readonly key: SubjectKey;
  messages: SummarizedMessage[] = [];

  private constructor(customerId: string, key: SubjectKey) {
    this.customerId = customerId;
    this.key = key;
  }

  static async make(like?: TestCase): Promise<TestCase> {
    const customerId = like?.customerId ?? newId();
    const made = await transact(async (tx) => {
      const key = like?.key ?? (await makeCustomer(customerId));
      const one = new TestCase(customerId, key);
      await db(tx).conversation.create({ data: { id: one.conversationId, customerId } });
      return one;
    });
    return made;
  }

  async say(role: Role, text: string): Promise<string> {
    const { conversationId, customerId, key } = this;
    const [id, seq] = [newId(), this.messages.length + 1];
    this.messages.push({ id, seq, role, speaker: role, text: asRedacted(text), tokens: 10 });
    const bodySealed = seal(key, { table: "Message", row: id, column: "bodySealed" }, text);
    const sealed = { bodySealed, bodyMac: bodyMac(key, text), tokens: 10 };
    await db().message.create({ data: { id, seq, role, conversationId, customerId, ...sealed } });
    await db().$executeRaw`
      INSERT INTO "Search" (id, kind, conversation_id, customer_id, lexemes)
      VALUES (${id}::uuid, 'message', ${conversationId}::uuid, ${customerId}::uuid,
              array_to_tsvector(${lexemes(text)}::text[]))`;
    return id;
  }

  readonly since: SummarizeDeps["since"] = async (_conversation, _customer, seq, { limit }) =>
    this.messages.filter((message) => message.seq > seq).slice(0, limit);

  versions() {
    return db().caseSummary.findMany({
      where: { conversationId: this.conversationId },
      orderBy: { version: "asc" },
    });
  }

  searchRows(kind: "summary" | "message") {
    return db().search.count({ where: { conversationId: this.conversationId, kind } });
  }

  /** Every row by which the conversation is found. */
  async words(): Promise<unknown[]> {
    return await db().$queryRaw<unknown[]>`
      SELECT id, kind::text, customer_id, lexemes::text FROM "Search"
      WHERE conversation_id = ${this.conversationId}::uuid ORDER BY id`;
  }

  /** As a restored database is: rows, and nothing to find them by. */
  async loseWords(): Promise<void> {
    await db().search.deleteMany({ where: { conversationId: this.conversationId } });
  }

  async forget(id: string): Promise<void> {
    await db().message.update({ where: { id }, data: { forgottenAt: new Date() } });
  }

  async isReviewed(): Promise<boolean> {
    const where = { id: this.conversationId };
    return (await db().conversation.findUniqueOrThrow({ where })).summaryReviewed;
  }

  async give(staff: StaffCaller): Promise<void> {
    await db().user.create({
      data: {
        id: staff.id,
        role: "lead",
        emailIndex: staff.id,
        emailSealed: new Uint8Array(1),
        nameSealed: new Uint8Array(1),
      },
    });
    await db().conversation.update({
      where: { id: this.conversationId },
      data: { owner: "HUMAN", assigneeId: staff.id, status: "with_person" },
    });
  }

  async setState(state: "active" | "restricted" | "erasing"): Promise<void> {
    await db().customer.update({ where: { id: this.customerId }, data: { state } });
  }

  /** A process claimed the next version this long ago and died. */
  async abandonWriting(secondsAgo: number): Promise<void> {
    const { conversationId, customerId } = this;
    const createdAt = new Date(Date.now() - secondsAgo * 1000);
    const state = { state: "writing", version: 1, coversThrough: 1, createdAt } as const;
    await db().caseSummary.create({ data: { id: newId(), conversationId, customerId, ...state } });
  }

  auditActions() {
    return db().auditOutbox.findMany({
      where: { metadata: { path: ["conversationId"], equals: this.conversationId } },
      orderBy: { id: "asc" },
    });
  }

  inTransaction = transact;
}

async function makeCustomer(customerId: string): Promise<SubjectKey> {
  return await transact(async (tx) => {
    await db(tx).customer.create({ data: { id: customerId } });
    return await createKey(customerId, tx);
  });
}

export function newStaff(name = "Dana"): StaffCaller {
  return { kind: "staff", id: newId(), keyEpoch: 1, role: "lead", name };
}

/** Says each spoken line back as a sentence that cites it; `line` is the customer's first. */
export const quoting: CaseSummaryModel = (lines) =>
  Promise.resolve({
    line: asRedacted(`Asks: ${lines[0]?.text ?? ""}`),
    topic: "Delivery",
    sentences: lines.map(({ id, text }) => ({ text, sources: [id] })),
  });
