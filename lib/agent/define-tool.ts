import { type StructuredToolInterface, tool } from "@langchain/core/tools";
import type { z } from "zod";
import type { HandOffReason, NewProposal, ToolCall } from "@/lib/conversation/schema";
import { report } from "@/lib/observability";
import { redact } from "@/lib/privacy";
import type { RedactedText, SubjectKey } from "@/lib/privacy/schema";
import type { ConnectedTool, ShopConnector } from "@/lib/shop";
import type { ShopCaller } from "@/lib/shop/schema";
import type { SourceBook } from "./source-book";

/** What the tools of one turn work with. The caller comes from the turn's row, never from the model. */
export type Desk = {
  caller: ShopCaller;
  conversationId: string;
  key: SubjectKey;
  shop: ShopConnector;
  /** What admins have connected and allowed. */
  connected: readonly ConnectedTool[];
  sources: SourceBook;
  now: Date;
  toolMs: number;
  /** Shows what is being done before the first word. */
  status(text: string): Promise<void>;
  /** Keeps a call and the gist of its result in the record. */
  record(use: ToolCall & { result: RedactedText }): Promise<void>;
  askForPerson(reason: HandOffReason): void;
  /** What the customer will be asked to confirm. Kept with the answer, and only if there is one. */
  proposals: NewProposal[];
};

/** What a tool tells the model; and for the record the gist of it, where it is long. */
export type Work = { result: object; gist?: object };

type Definition<Input extends z.ZodObject> = {
  name: string;
  says: string;
  description: string;
  schema: Input;
  work(input: z.output<Input>): Promise<Work>;
};

/** A tool whose results are redacted before a model or the record sees them, and whose failure is a sentence. */
export function define<Input extends z.ZodObject>(desk: Desk, definition: Definition<Input>) {
  const { schema, work } = definition;
  return defineRaw(desk, { ...definition, parse: (raw) => schema.parse(raw), work });
}

type RawDefinition<Input> = {
  name: string;
  says: string;
  description: string;
  /** Zod's, or JSON Schema where a connected system describes its own. */
  schema: z.ZodObject | Record<string, unknown>;
  parse(raw: unknown): Input;
  work(input: Input): Promise<Work>;
};

export function defineRaw<Input>(
  desk: Desk,
  { name, says, description, schema, parse, work }: RawDefinition<Input>,
): StructuredToolInterface {
  return tool(
    async (raw: unknown, config: { toolCallId?: string }): Promise<string> => {
      const input = parse(raw);
      await desk.status(says);
      const { result, gist } = await attempt(desk, name, () => work(input));
      const text = await redact(desk.key, JSON.stringify(result));
      await desk.record({
        callId: config.toolCallId ?? name,
        name,
        args: await redact(desk.key, JSON.stringify(input)),
        result: gist ? await redact(desk.key, JSON.stringify(gist)) : text,
      });
      return text;
    },
    { name, description, schema: schema as z.ZodObject },
  ) as unknown as StructuredToolInterface;
}

/** A system that fails or hangs costs one sentence, not the turn. */
async function attempt(desk: Desk, name: string, work: () => Promise<Work>): Promise<Work> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error(`${name} took too long`)), desk.toolMs);
  });
  try {
    return await Promise.race([work(), late]);
  } catch (error) {
    report(error, { where: `agent.tool.${name}` });
    return { result: { error: "The shop's system did not answer. Say so, and offer a person." } };
  } finally {
    clearTimeout(timer);
  }
}
