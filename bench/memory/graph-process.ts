import { PostgresSaver } from "@langchain/langgraph-checkpoint-postgres";
import { type AgentMiddleware, createAgent, summarizationMiddleware } from "langchain";
import { withDatabase } from "@/scripts/setup/database.mjs";
import { serve } from "./contestant";
import { InstantModel } from "./instant-model";
import { asContestant, TOKENS_KEPT, TOKENS_MAX } from "./peer";
import type { Sql } from "./record";
import { answer, question } from "./talk";

/**
 * LangChain's present way: an agent whose dialogue LangGraph keeps in PostgreSQL, with the middleware that summarises it.
 * A turn is one run of the agent, because that is where it loads and saves; its model answers at once.
 */
const SCHEMA = "graph_peer";
const url = process.env["DATABASE_URL"] ?? "";
const checkpointer = PostgresSaver.fromConnString(url, { schema: SCHEMA });
await checkpointer.setup();

// Declared for others than those who mean optional exactly, it takes nothing here.
const summarising = summarizationMiddleware as unknown as (options: {
  model: InstantModel;
  trigger: { tokens: number };
  keep: { tokens: number };
}) => AgentMiddleware;

const QUESTION = /\bq(\d+):/g;
const answering = new InstantModel((prompt) =>
  answer(Number([...prompt.matchAll(QUESTION)].at(-1)?.[1])),
);

serve(
  asContestant("graph", (summariser) => {
    const agent = createAgent({
      model: answering,
      tools: [],
      checkpointer,
      middleware: [
        summarising({
          model: summariser,
          trigger: { tokens: TOKENS_MAX },
          keep: { tokens: TOKENS_KEPT },
        }),
      ],
    });
    const turn = async (id: string, at: number) => {
      await agent.invoke(
        { messages: [{ role: "user", content: question(at) }] },
        { configurable: { thread_id: id } },
      );
    };
    return {
      async begin(id, turns) {
        for (let at = 1; at <= turns; at += 1) {
          await turn(id, at);
        }
      },
      turn,
      storedBytes: (id) => withDatabase(url, (client: Sql) => bytesOf(client, id)),
    };
  }),
);

async function bytesOf(client: Sql, id: string): Promise<number> {
  const of = (table: string) =>
    `coalesce((SELECT sum(pg_column_size(t.*)) FROM ${SCHEMA}.${table} t WHERE thread_id = $1), 0)`;
  const tables = ["checkpoints", "checkpoint_blobs", "checkpoint_writes"];
  const { rows } = await client.query(`SELECT ${tables.map(of).join(" + ")} AS bytes`, [id]);
  return Number(rows[0]?.["bytes"]);
}
