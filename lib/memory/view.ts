import { asRedacted } from "@/lib/privacy";
import { countTokens } from "./count-tokens";
import { KnowledgeGraph } from "./knowledge-graph";
import { mentioned } from "./mentioned";
import { hardLimitTokens, policy } from "./policy";
import { splitTurns, weighAll } from "./prune";
import { strategyOf } from "./rules";
import type { Before, KnowledgeEdge, MemoryState, MemoryStrategy, RecordedMessage } from "./schema";

/** What a view may need beside the state: messages that were folded away, oldest first, and the graph. */
export type Beside = { older: readonly RecordedMessage[]; graph: readonly KnowledgeEdge[] };
export const nothingBeside: Beside = { older: [], graph: [] };

/** What a strategy shows of a state. */
export type View = Pick<MemoryState, "summary" | "summaryTokens" | "ledger" | "tail">;

/** Of the graph's view, as LangChain's `k`. */
const GRAPH_TURNS = 2;
/** What the graph may take of the hard limit. */
const GRAPH_SHARE = 0.5;
/** Who the customer is in the graph; "I" and "my" speak of them. */
export const CUSTOMER = "Customer";

const nothingFolded = { summary: null, summaryTokens: 0, ledger: [] };

/**
 * What the agent is shown: one state, five views. All of them show the newest turn, which holds the question itself;
 * window and graph show so many turns before it. No view writes anything, so another one finds everything as it was.
 */
export function viewOf(state: MemoryState, { older, graph }: Beside = nothingBeside): View {
  const { summary, summaryTokens, ledger, tail } = state;
  const all = [...older, ...tail];
  switch (strategyOf(state)) {
    case "buffer":
      return { ...nothingFolded, tail: all };
    case "buffer_window":
      return { ...nothingFolded, tail: lastOf(all, policy.windowTurns) };
    case "kg": {
      const shown = lastOf(all, GRAPH_TURNS);
      return { ...nothingFolded, ...knowledgeFor(shown, graph), tail: shown };
    }
    case "summary":
    case "summary_buffer":
      // Summary only: the tail is what no summary holds yet.
      return { summary, summaryTokens, ledger, tail };
  }
}

/** Reads as far back as a strategy shows: newest first, and no further than the prompt's hard limit. */
export async function readOlder(state: MemoryState, before: Before): Promise<RecordedMessage[]> {
  const turns = turnsShown(strategyOf(state));
  let older: RecordedMessage[] = [];
  let seq = state.coveredThrough + 1;
  const isEnough = () => {
    const all = [...older, ...state.tail];
    // One turn more than is shown: only then is the oldest one whole.
    return seq <= 1 || weighAll(all) > hardLimitTokens() || splitTurns(all).length > turns + 1;
  };
  while (!isEnough()) {
    const page = await before(seq);
    const oldest = page.at(-1);
    if (!oldest || oldest.seq >= seq) {
      break;
    }
    older = [...page.toReversed(), ...older];
    seq = oldest.seq;
  }
  return older;
}

/** How many turns before the newest a strategy shows. */
function turnsShown(strategy: MemoryStrategy): number {
  switch (strategy) {
    case "buffer_window":
      return policy.windowTurns;
    case "kg":
      return GRAPH_TURNS;
    default:
      return Number.POSITIVE_INFINITY;
  }
}

function lastOf(messages: readonly RecordedMessage[], turns: number): RecordedMessage[] {
  return splitTurns(messages)
    .slice(-(turns + 1))
    .flat();
}

/** What is known of those whom the newest question names, and of the customer, in the summary's place. */
function knowledgeFor(
  shown: readonly RecordedMessage[],
  edges: readonly KnowledgeEdge[],
): Pick<View, "summary" | "summaryTokens"> {
  const graph = new KnowledgeGraph(edges);
  const question = (splitTurns(shown).at(-1) ?? [])
    .filter(({ role }) => role === "customer")
    .map(({ text }) => text)
    .join("\n");
  const names = [...new Set([...mentioned(graph.getEntities(), question), CUSTOMER])];
  let left = Math.floor(hardLimitTokens() * GRAPH_SHARE);
  const lines: string[] = [];
  for (const name of names) {
    // The newest first: what no longer fits is the oldest.
    for (const sentence of graph.getEntityKnowledge(name).toReversed()) {
      left -= countTokens(sentence) + 1;
      if (left >= 0 && !lines.includes(`${sentence}.`)) {
        lines.push(`${sentence}.`);
      }
    }
  }
  if (lines.length === 0) {
    return { summary: null, summaryTokens: 0 };
  }
  // Parts of redacted text.
  const summary = asRedacted(lines.toReversed().join("\n"));
  return { summary, summaryTokens: countTokens(summary) };
}
