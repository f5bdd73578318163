import type { CustomerCaller, StaffCaller } from "@/lib/auth/schema";
import { newId } from "@/lib/id";
import { asRedacted, createKey, keyOf, open } from "@/lib/privacy";
import { closeNotify, closePostgres, db, notify, transact, withRedis } from "@/lib/storage";
import type { ClaimedTurn } from "./schema";

/** A customer of their own for one test, so that tests share no rows. */
export async function newCustomer(): Promise<CustomerCaller> {
  const id = newId();
  await transact(async (tx) => {
    await db(tx).customer.create({ data: { id } });
    await createKey(id, tx);
  });
  return {
    kind: "customer",
    id,
    keyEpoch: 1,
    registered: false,
    memoryOn: true,
    restricted: false,
  };
}

export async function newLead(
  name = "Mara",
  role: "lead" | "admin" = "lead",
): Promise<StaffCaller> {
  const id = newId();
  const sealed = new Uint8Array(1);
  await db().user.create({
    data: { id, role, emailIndex: id, emailSealed: sealed, nameSealed: sealed },
  });
  return { kind: "staff", id, keyEpoch: 1, role, name };
}

export async function setCustomer(
  id: string,
  data: { state?: "active" | "restricted" | "erasing"; keyEpoch?: number },
): Promise<void> {
  await db().customer.update({ where: { id }, data });
}

export async function deactivate(staffId: string): Promise<void> {
  await db().user.update({ where: { id: staffId }, data: { state: "deactivated" } });
}

/** Empty conversations of one customer, an hour apart, the newest first: more than the rate limit lets anybody begin. */
export async function makeConversations(customer: CustomerCaller, count: number) {
  const ids = Array.from({ length: count }, () => newId());
  await db().conversation.createMany({
    data: ids.map((id, hours) => ({
      id,
      customerId: customer.id,
      lastMessageAt: new Date(Date.now() - hours * 3_600_000),
    })),
  });
  return ids;
}

/** The record as it lies in the table, bodies opened, oldest first. */
export async function readRecord(customer: CustomerCaller, conversationId: string) {
  const key = await keyOf(customer);
  const rows = await db().message.findMany({ where: { conversationId }, orderBy: { seq: "asc" } });
  return rows.map(({ id, seq, role, state, bodySealed }) => {
    const place = { table: "Message", row: id, column: "bodySealed" };
    return { seq, role, state, text: open(key, place, bodySealed) };
  });
}

/** What the search table holds of a conversation: keyed words, one row a message. */
export async function readSearch(conversationId: string) {
  return await db().$queryRaw<{ id: string; words: string }[]>`
    SELECT id, lexemes::text AS words FROM "Search"
    WHERE conversation_id = ${conversationId}::uuid ORDER BY id`;
}

export async function readTurns(conversationId: string) {
  return await db().turn.findMany({ where: { conversationId }, orderBy: { createdAt: "asc" } });
}

export async function readConversation(id: string) {
  return await db().conversation.findUniqueOrThrow({ where: { id } });
}

export async function readHandOffs(conversationId: string) {
  return await db().handOff.findMany({
    where: { conversationId },
    orderBy: { requestedAt: "asc" },
  });
}

/** What the audit outbox holds about a member of staff. */
export async function readActs(actor: string): Promise<string[]> {
  const rows = await db().auditOutbox.findMany({ where: { actor }, orderBy: { id: "asc" } });
  return rows.map(({ action }) => action);
}

/** Time passes for one row, since only the database's clock counts. */
export async function passTime(conversationId: string, hours: number): Promise<void> {
  await db().$executeRaw`
    UPDATE "Conversation" SET last_message_at = last_message_at - make_interval(hours => ${hours}::int),
      waiting_since = waiting_since - make_interval(hours => ${hours}::int)
    WHERE id = ${conversationId}::uuid`;
}

/** The runner died: its lease has run out. */
export async function expireLease(turn: Pick<ClaimedTurn, "id">): Promise<void> {
  await db().$executeRaw`
    UPDATE "Turn" SET lease_until = clock_timestamp() - interval '1 s' WHERE id = ${turn.id}::uuid`;
}

/** PostgreSQL crashed, and had not yet put on disk that this turn began its answer. */
export async function loseBeginning({ id }: Pick<ClaimedTurn, "id">): Promise<void> {
  await db().$executeRaw`
    WITH turn AS (
      UPDATE "Turn" SET answer_seq = NULL, answer_id = NULL WHERE id = ${id}::uuid
      RETURNING conversation_id)
    UPDATE "Conversation" c SET last_seq = c.last_seq - 1 FROM turn WHERE c.id = turn.conversation_id`;
}

/** Somebody holds the conversation's row, until `meanwhile` is over. */
export async function holdRow(id: string, meanwhile: () => Promise<void>): Promise<void> {
  await transact(async (tx) => {
    await db(tx).$queryRaw`SELECT id FROM "Conversation" WHERE id = ${id}::uuid FOR UPDATE`;
    await meanwhile();
  });
}

/** Somebody holds the turn's row, until `meanwhile` is over. */
export async function holdTurn(
  { id }: Pick<ClaimedTurn, "id">,
  meanwhile: () => Promise<void>,
): Promise<void> {
  await transact(async (tx) => {
    await db(tx).$queryRaw`SELECT id FROM "Turn" WHERE id = ${id}::uuid FOR UPDATE`;
    await meanwhile();
  });
}

/** Ends what other tests left behind, which a process that sweeps would answer first. */
export async function endEveryTurn(): Promise<void> {
  await db().$executeRaw`
    UPDATE "Turn" SET state = 'cancelled', finished_at = clock_timestamp(), lease_until = NULL
    WHERE state <= 'running'`;
}

/** Somebody pressed stop, and the doorbell was lost. */
export async function flagStop(turn: Pick<ClaimedTurn, "id">): Promise<void> {
  await db().turn.update({ where: { id: turn.id }, data: { cancelRequested: true } });
}

/** Whether anybody waits for a lock in this database. */
export async function isWaitedFor(): Promise<boolean> {
  const [row] = await db().$queryRaw<{ waits: boolean }[]>`
    SELECT EXISTS (SELECT 1 FROM pg_locks l JOIN pg_stat_activity a ON a.pid = l.pid
      WHERE NOT l.granted AND a.datname = current_database()) AS waits`;
  return row?.waits ?? false;
}

/** Gives a turn a checkpoint that nobody can open, or takes it away again. */
export async function spoilCheckpoint(turn: Pick<ClaimedTurn, "id">, spoilt = true): Promise<void> {
  const checkpointSealed = spoilt ? new Uint8Array(40) : null;
  await db().turn.update({ where: { id: turn.id }, data: { checkpointSealed } });
}

/** What erasure and deactivation tell every process. */
export const tellGone = (id: string) => notify("gone", id);

export const rawRedis = withRedis;

/** The bytes of every sealed column of a conversation's rows, to look for what must not be there. */
export async function readBytes(conversationId: string): Promise<string> {
  const [messages, turns, conversation] = await Promise.all([
    db().message.findMany({ where: { conversationId } }),
    db().turn.findMany({ where: { conversationId } }),
    db().conversation.findMany({ where: { id: conversationId } }),
  ]);
  const columns = [...messages, ...turns, ...conversation].flatMap((row) => Object.values(row));
  return columns
    .map((value) =>
      value instanceof Uint8Array ? Buffer.from(value).toString("latin1") : `${value}`,
    )
    .join("\n");
}

export const said = asRedacted;

export async function closeAll(): Promise<void> {
  await closeNotify();
  await closePostgres();
}

/** What `@langchain/redis` would have kept under this session: newest first, in clear. */
export async function keepLegacy(sessionId: string, lines: [type: string, content: string][]) {
  const items = lines.map(([type, content]) => JSON.stringify({ type, data: { content } }));
  await withRedis((redis) => redis.lpush(sessionId, ...items));
}

/** The same in a list that ends after so many seconds; a line without a type is one that nobody can read. */
export async function keepLegacyFor(
  sessionId: string,
  lines: [type: string, content: string][],
  seconds: number,
) {
  for (const line of lines) {
    await (line[0] === ""
      ? withRedis((redis) => redis.lpush(sessionId, "{broken"))
      : keepLegacy(sessionId, [line]));
  }
  await withRedis((redis) => redis.expire(sessionId, seconds));
}
