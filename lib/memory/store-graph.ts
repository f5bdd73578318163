import { z } from "zod";
import { openJson, sealJson } from "@/lib/privacy";
import type { SubjectKey } from "@/lib/privacy/schema";
import { db, transact } from "@/lib/storage";
import { KnowledgeEdge } from "./schema";
import { insertHead } from "./store";

const Edges = z.array(KnowledgeEdge);

/** A conversation's graph, how far the record was read into it, and the version that a write must name. */
export type FoundGraph = { edges: KnowledgeEdge[]; through: number; version: number };

type GraphRow = { graph_sealed: Uint8Array | null; graph_through: number; graph_version: number };

/** The graph, for its owner; empty when nothing was read yet. */
export async function findGraph(conversationId: string, owner: SubjectKey): Promise<FoundGraph> {
  const [row] = await db().$queryRaw<GraphRow[]>`
    SELECT graph_sealed, graph_through, graph_version FROM "Memory"
    WHERE conversation_id = ${conversationId}::uuid AND customer_id = ${owner.ownerId}::uuid`;
  return {
    edges: row?.graph_sealed ? openJson(owner, place(conversationId), Edges, row.graph_sealed) : [],
    through: row?.graph_through ?? 0,
    version: row?.graph_version ?? 0,
  };
}

/** True when this version was there to be replaced, under a customer who is active and has this key. */
export async function writeGraph(
  conversationId: string,
  owner: SubjectKey,
  { edges, through, version }: FoundGraph,
): Promise<boolean> {
  const sealed = edges.length > 0 ? sealJson(owner, place(conversationId), edges) : null;
  return await transact(async (tx) => {
    await insertHead(conversationId, owner.ownerId, tx);
    const written = await db(tx).$executeRaw`
      UPDATE "Memory" m SET graph_sealed = ${sealed}, graph_through = ${through},
        graph_version = ${version + 1}, updated_at = now()
      FROM "Customer" c
      WHERE m.conversation_id = ${conversationId}::uuid AND m.graph_version = ${version}
        AND c.id = m.customer_id AND c.id = ${owner.ownerId}::uuid AND c.key_epoch = ${owner.epoch}
        AND c.state = 'active'`;
    return written === 1;
  });
}

function place(row: string) {
  return { table: "Memory", row, column: "graph_sealed" };
}
