import { newId } from "@/lib/id";
import { closePostgres, db, notify, transact, withRedis } from "@/lib/storage";
import { createKey, keyOf } from "./keys";
import { redact } from "./redact";
import type { SubjectKey } from "./schema";
import { seal } from "./seal";

export { closePostgres, db, notify, transact, withRedis };

type Owner = { id: string; keyEpoch: number };

/** A customer with a key, for tests of this room. */
export async function makeCustomer(): Promise<Owner> {
  const id = newId();
  await transact(async (tx) => {
    await db(tx).customer.create({ data: { id } });
    await createKey(id, tx);
  });
  return { id, keyEpoch: 1 };
}

/** A customer of whom every store holds something. Returns ids to look for afterwards. */
export async function makeKnownCustomer(): Promise<
  Owner & { conversationId: string; orderNumber: string; turnId: string }
> {
  const owner = await makeCustomer();
  const orderNumber = `ORD-${Date.now()}${Math.floor(Math.random() * 1_000)}`;
  const conversationId = newId();
  const turnId = await addConversation(owner, conversationId);
  await addOrder(owner, orderNumber);
  await withRedis(async (redis) => {
    for (const name of ["events", "memory", "tail"]) {
      await redis.set(`rc:{${conversationId}}:${name}`, "sealed", "EX", 600);
    }
    // A sweep of another file's test may ring here, and the log reads it as a number.
    await redis.set(`rc:{${conversationId}}:generation`, "0", "EX", 600);
    await redis.set(conversationId, "langchain", "EX", 600);
  });
  return { ...owner, conversationId, orderNumber, turnId };
}

async function addConversation(owner: Owner, conversationId: string): Promise<string> {
  const key = await keyOf(owner);
  const customerId = owner.id;
  const ids = Array.from({ length: 3 }, () => newId());
  const [first = "", second = "", turnId = ""] = ids;
  const said = await redact(
    key,
    "I am mia@example.com, call 555-123-4567. <script>alert(1)</script>",
  );
  const own = { conversationId, customerId };
  await db().conversation.create({
    data: {
      id: conversationId,
      customerId,
      titleSealed: seal(key, at("Conversation", conversationId, "titleSealed"), said),
    },
  });
  for (const [seq, id] of [first, second].entries()) {
    await db().message.create({
      data: {
        ...own,
        id,
        seq,
        role: seq === 0 ? "customer" : "assistant",
        bodySealed: seal(key, at("Message", id, "bodySealed"), said),
        bodyMac: new Uint8Array(32),
        tokens: 9,
      },
    });
  }
  await db().turn.create({
    data: { ...own, id: turnId, state: "running", generation: 1, throughSeq: 0 },
  });
  await addDerived(own, key, said);
  await addEvents(own, second);
  return turnId;
}

type Own = { conversationId: string; customerId: string };

const at = (table: string, row: string, column: string) => ({ table, row, column });

async function addDerived(own: Own, key: SubjectKey, said: string): Promise<void> {
  const { conversationId, customerId } = own;
  const [summaryId, proposalId, factId] = [newId(), newId(), newId()];
  const body = JSON.stringify({
    line: "Asked for a call",
    sentences: [{ text: "Asked by [EMAIL_1]." }],
  });
  await db().memory.create({
    data: {
      ...own,
      summarySealed: seal(key, at("Memory", conversationId, "summary_sealed"), said),
    },
  });
  await db().caseSummary.create({
    data: {
      ...own,
      id: summaryId,
      version: 1,
      state: "ready",
      coversThrough: 1,
      bodySealed: seal(key, at("CaseSummary", summaryId, "body_sealed"), body),
    },
  });
  await db().proposal.create({
    data: {
      ...own,
      id: proposalId,
      turnId: newId(),
      tool: "cancel_order",
      argsSealed: seal(key, at("Proposal", proposalId, "args_sealed"), "{}"),
      cardSealed: seal(key, at("Proposal", proposalId, "card_sealed"), '{"title":"Cancel it"}'),
      subjectMac: new Uint8Array(32),
      expiresAt: new Date(),
    },
  });
  await db().fact.create({
    data: {
      id: factId,
      customerId,
      factIndex: "x",
      confidence: 1,
      bodySealed: seal(key, at("Fact", factId, "body_sealed"), "has a dog"),
    },
  });
}

async function addEvents(own: Own, messageId: string): Promise<void> {
  const { conversationId, customerId } = own;
  const [handOffId, foldId, searchId, consentId] = [newId(), newId(), newId(), newId()];
  await db().handOff.create({ data: { ...own, id: handOffId, reason: "customer_asked" } });
  await db().rating.create({ data: { ...own, messageId, value: -1 } });
  await db().memoryFold.create({
    data: {
      id: foldId,
      conversationId,
      tokensBefore: 9,
      tokensAfter: 3,
      messagesFolded: 2,
      durationMs: 1,
    },
  });
  await db().consent.create({ data: { id: consentId, customerId, textVersion: 1, textHash: "x" } });
  await db().$executeRaw`
    INSERT INTO "Search" (id, kind, conversation_id, customer_id, lexemes)
    VALUES (${searchId}::uuid, 'message', ${conversationId}::uuid, ${customerId}::uuid, 'a1 b2')`;
}

async function addOrder(owner: Owner, number: string): Promise<void> {
  const key = await keyOf(owner);
  const id = newId();
  const place = (column: string) => ({ table: "ShopOrder", row: id, column });
  await db().shopOrder.create({
    data: {
      id,
      number,
      customerId: owner.id,
      status: "shipped",
      placedAt: new Date("2026-03-05T10:00:00Z"),
      totalCents: 12_900,
      paymentMethod: "Visa ending 4242",
      recipientSealed: seal(key, place("recipient_sealed"), "Mia Silva"),
      addressSealed: seal(key, place("address_sealed"), "Lindenstrasse 5, Leipzig"),
      items: {
        create: [{ id: newId(), productId: "tent", name: "Tent", quantity: 1, priceCents: 12_900 }],
      },
      shipments: {
        create: [{ id: newId(), carrier: "DHL", trackingNumber: `T${number}`, events: [] }],
      },
    },
  });
}

/**
 * The tables, of every schema, in which some row holds one of the strings, as text or as bytes. Asks the database
 * itself, not the data map.
 */
export async function findTablesWith(strings: readonly string[]): Promise<string[]> {
  // A bytea column reads as hex.
  const needles = strings.flatMap((each) => [each, Buffer.from(each).toString("hex")]);
  const tables = await db().$queryRaw<{ schema: string; name: string }[]>`
    SELECT table_schema AS schema, table_name AS name FROM information_schema.tables
    WHERE table_type = 'BASE TABLE' AND table_schema NOT IN ('pg_catalog', 'information_schema')`;
  const found: string[] = [];
  for (const { schema, name } of tables) {
    const [row] = await db().$queryRawUnsafe<{ hit: boolean }[]>(
      `SELECT EXISTS (SELECT 1 FROM "${schema}"."${name}" t, unnest($1::text[]) AS needle
       WHERE strpos(lower(t::text), lower(needle)) > 0) AS hit`,
      needles,
    );
    if (row?.hit) {
      found.push(`${schema}.${name}`);
    }
  }
  return found.sort();
}

/** The keys of Redis, whoever wrote them, whose name or string value holds the needle. */
export async function findRedisKeysWith(needle: string): Promise<string[]> {
  return await withRedis(async (redis) => await redis.keys(`*${needle}*`));
}
