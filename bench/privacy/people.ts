import type { Sql } from "@/bench/memory/record";

const BATCH = 5_000;
/** Bytes as a sealed value has them: nobody opens them here. */
const SEALED = "decode(repeat(md5(random()::text), 5), 'hex')";
const MAC = "decode(repeat(md5(random()::text), 2), 'hex')";

/**
 * Customers beside the one who is measured: a conversation of two messages each, and a row in every other table that an
 * erasure goes through.
 */
export async function addPeople(sql: Sql, count: number): Promise<void> {
  for (let done = 0; done < count; done += BATCH) {
    await sql.query(SQL, [Math.min(BATCH, count - done)]);
  }
  await sql.query("ANALYZE", []);
}

const SQL = `
WITH who AS (
  INSERT INTO "Customer" (id, kind, tier, email_index)
  SELECT gen_random_uuid(), 'registered', 'standard', md5(random()::text) || md5(n::text)
  FROM generate_series(1, $1::int) AS n RETURNING id
), keys AS (
  INSERT INTO "WrappedKey" (owner_id, epoch, kek_id, wrapped)
  SELECT id, 1, (SELECT kek_id FROM "WrappedKey" LIMIT 1),
    substring(decode(repeat(md5(random()::text), 2) || repeat(md5(random()::text), 2), 'hex') FROM 1 FOR 61)
  FROM who
), consents AS (
  INSERT INTO "Consent" (id, customer_id, text_version, text_hash) SELECT gen_random_uuid(), id, 1, 'x' FROM who
), vault AS (
  INSERT INTO "Vault" (id, customer_id, kind, n, mac, value_sealed)
  SELECT gen_random_uuid(), id, 'EMAIL', 1, ${MAC}, ${SEALED} FROM who
), facts AS (
  INSERT INTO "Fact" (id, customer_id, fact_index, body_sealed, confidence)
  SELECT gen_random_uuid(), id, md5(random()::text), ${SEALED}, 1 FROM who
), orders AS (
  INSERT INTO "ShopOrder" (id, number, customer_id, status, placed_at, total_cents, payment_method, recipient_sealed, address_sealed)
  SELECT gen_random_uuid(), 'B' || gen_random_uuid(), id, 'shipped', now(), 4200, 'card', ${SEALED}, ${SEALED} FROM who
  RETURNING id
), items AS (
  INSERT INTO "ShopOrderItem" (id, order_id, product_id, name, quantity, price_cents)
  SELECT gen_random_uuid(), id, 'tent', 'Tent', 1, 4200 FROM orders
), parcels AS (
  INSERT INTO "ShopShipment" (id, order_id, carrier, tracking_number, events)
  SELECT gen_random_uuid(), id, 'carrier', 'T' || gen_random_uuid(), '[]' FROM orders
), talks AS (
  INSERT INTO "Conversation" (id, customer_id, last_seq) SELECT gen_random_uuid(), id, 2 FROM who
  RETURNING id, customer_id
), messages AS (
  INSERT INTO "Message" (id, conversation_id, customer_id, seq, role, body_sealed, body_mac, tokens)
  SELECT gen_random_uuid(), id, customer_id, seq, (ARRAY['customer', 'assistant'])[seq]::"MessageRole", ${SEALED}, ${MAC}, 20
  FROM talks, generate_series(1, 2) AS seq RETURNING id, conversation_id, customer_id
), words AS (
  INSERT INTO "Search" (id, kind, conversation_id, customer_id, lexemes)
  SELECT gen_random_uuid(), 'message', conversation_id, customer_id, array_to_tsvector(ARRAY[md5(id::text)]) FROM messages
), ratings AS (
  INSERT INTO "Rating" (message_id, conversation_id, customer_id, value)
  SELECT id, conversation_id, customer_id, 1 FROM messages
), turns AS (
  INSERT INTO "Turn" (id, conversation_id, customer_id, state, generation, through_seq)
  SELECT gen_random_uuid(), id, customer_id, 'done', 1, 1 FROM talks
), hand_offs AS (
  INSERT INTO "HandOff" (id, conversation_id, customer_id, reason)
  SELECT gen_random_uuid(), id, customer_id, 'customer_asked' FROM talks
), proposals AS (
  INSERT INTO "Proposal" (id, conversation_id, customer_id, turn_id, tool, args_sealed, card_sealed, subject_mac, state, expires_at)
  SELECT gen_random_uuid(), id, customer_id, gen_random_uuid(), 'cancel_order', ${SEALED}, ${SEALED}, ${MAC}, 'done', now() FROM talks
), memories AS (
  INSERT INTO "Memory" (conversation_id, customer_id, summary_sealed) SELECT id, customer_id, ${SEALED} FROM talks
), folds AS (
  INSERT INTO "MemoryFold" (id, conversation_id, tokens_before, tokens_after, messages_folded, duration_ms)
  SELECT gen_random_uuid(), id, 9, 3, 2, 1 FROM talks
)
INSERT INTO "CaseSummary" (id, conversation_id, customer_id, version, state, body_sealed, covers_through)
SELECT gen_random_uuid(), id, customer_id, 1, 'ready', ${SEALED}, 2 FROM talks`;
