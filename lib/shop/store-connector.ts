import { Refusal } from "@/lib/errors";
import { newId } from "@/lib/id";
import { audit, createKey, destroyKey, keyOf, open, seal } from "@/lib/privacy";
import { db, isUniqueViolation, transact } from "@/lib/storage";
import {
  ConnectorKind,
  ConnectorState,
  ConnectorTool,
  type ConnectorView,
  type NewConnector,
} from "./schema-connector";

const FIRST_EPOCH = 1;

/** A connector with its secret, for calling it. */
export type OpenConnector = ConnectorView & { secret: string | null };

function place(row: string) {
  return { table: "Connector", row, column: "secret_sealed" };
}

type Row = Awaited<ReturnType<typeof allRows>>[number];

function allRows() {
  return db().connector.findMany({ orderBy: { name: "asc" } });
}

function toView(row: Row): ConnectorView {
  return {
    id: row.id,
    name: row.name,
    kind: ConnectorKind.parse(row.kind),
    address: row.address,
    callerArgument: row.callerArgument,
    hasSecret: row.secretSealed !== null,
    tools: ConnectorTool.array().parse(row.tools),
    state: ConnectorState.parse(row.state),
    testedAt: row.testedAt?.toISOString() ?? null,
  };
}

export async function readConnectors(): Promise<ConnectorView[]> {
  return (await allRows()).map(toView);
}

export async function openConnectors(ids?: readonly string[]): Promise<OpenConnector[]> {
  const rows = await allRows();
  return await Promise.all(
    rows
      .filter(({ id }) => !ids || ids.includes(id))
      .map(async (row) => ({ ...toView(row), secret: await openSecret(row) })),
  );
}

async function openSecret({ id, secretSealed }: Row): Promise<string | null> {
  return secretSealed && open(await keyOf({ id, keyEpoch: FIRST_EPOCH }), place(id), secretSealed);
}

/** Stores a connector; its secret under a key of its own, which goes with it. */
export async function insertConnector(actorId: string, given: NewConnector): Promise<string> {
  const id = newId();
  const { secret, callerArgument, ...rest } = given;
  try {
    await transact(async (tx) => {
      const key = secret ? await createKey(id, tx) : null;
      const secretSealed = key && seal(key, place(id), secret);
      const data = { id, ...rest, callerArgument: callerArgument || null, secretSealed, tools: [] };
      await db(tx).connector.create({ data, select: { id: true } });
      const metadata = { connectorId: id, kind: given.kind };
      await audit(tx, { actor: actorId, action: "connector_added", metadata });
    });
  } catch (error) {
    throw isUniqueViolation(error) ? new Refusal("connector_taken", { cause: error }) : error;
  }
  return id;
}

/** Notes what a test found. What was allowed stays allowed, as long as the tool is what it was. */
export async function writeTest(
  actorId: string,
  id: string,
  found: { state: ConnectorState; tools: ConnectorTool[] | null },
): Promise<void> {
  await transact(async (tx) => {
    const row = await db(tx).connector.findUnique({ where: { id } });
    if (!row) {
      throw new Refusal("not_found");
    }
    const before = ConnectorTool.array().parse(row.tools);
    const tools = found.tools?.map((tool) => {
      const known = before.find((each) => isSame(each, tool));
      return known ? { ...tool, allowed: known.allowed, effect: known.effect } : tool;
    });
    await db(tx).connector.update({
      where: { id },
      data: { state: found.state, testedAt: new Date(), ...(tools && { tools: asJson(tools) }) },
      select: { id: true },
    });
    const metadata = { connectorId: id, state: found.state, count: tools?.length ?? 0 };
    await audit(tx, { actor: actorId, action: "connector_tested", metadata });
  });
}

// Another description or other arguments are another tool, which nobody has allowed.
function isSame(one: ConnectorTool, other: ConnectorTool): boolean {
  const words = ({ name, description, schema }: ConnectorTool) =>
    JSON.stringify([name, description, schema]);
  return words(one) === words(other);
}

function asJson(tools: readonly ConnectorTool[]) {
  return JSON.parse(JSON.stringify(tools));
}

export async function writeTools(
  actorId: string,
  id: string,
  given: { allowed: readonly string[]; effects: readonly string[] },
): Promise<void> {
  await transact(async (tx) => {
    const row = await db(tx).connector.findUnique({ where: { id } });
    if (!row) {
      throw new Refusal("not_found");
    }
    const tools = ConnectorTool.array()
      .parse(row.tools)
      .map((tool) => ({
        ...tool,
        allowed: given.allowed.includes(tool.name),
        effect: given.effects.includes(tool.name),
      }));
    const data = { tools: asJson(tools) };
    await db(tx).connector.update({ where: { id }, data, select: { id: true } });
    const metadata = { connectorId: id, count: given.allowed.length };
    await audit(tx, { actor: actorId, action: "connector_changed", metadata });
  });
}

export async function deleteConnector(actorId: string, id: string): Promise<void> {
  await transact(async (tx) => {
    const { count } = await db(tx).connector.deleteMany({ where: { id } });
    if (count === 0) {
      throw new Refusal("not_found");
    }
    await destroyKey(id, tx);
    const metadata = { connectorId: id };
    await audit(tx, { actor: actorId, action: "connector_removed", metadata });
  });
}
