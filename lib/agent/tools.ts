import { type StructuredToolInterface, tool } from "@langchain/core/tools";
import { z } from "zod";
import type { HandOffReason, NewProposal, ToolCall } from "@/lib/conversation/schema";
import { findCustomerState } from "@/lib/customer";
import { searchArticles } from "@/lib/knowledge";
import { report } from "@/lib/observability";
import { redact } from "@/lib/privacy";
import type { RedactedText, SubjectKey } from "@/lib/privacy/schema";
import type { ShopConnector } from "@/lib/shop";
import type { ShopCaller } from "@/lib/shop/schema";
import { CancelReason } from "@/lib/shop/schema";
import { orderFacts, productFacts } from "./facts";
import { propose } from "./propose";
import type { SourceBook } from "./source-book";
import { TOOL } from "./tool-results";

/** What the tools of one turn work with. The caller comes from the turn's row, never from the model. */
export type Desk = {
  caller: ShopCaller;
  key: SubjectKey;
  shop: ShopConnector;
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

type Work = { result: object; gist?: object };

const ORDERS_SHOWN = 5;
const PASSAGES_SHOWN = 3;
const PRODUCTS_SHOWN = 5;
// Made once: what a model is told of them is worked out by schema, and kept.
const Query = z.object({ query: z.string().trim().min(1).max(400) });
const OrderNumber = z.object({ number: z.string().trim().min(1).max(40) });
const Nothing = z.object({});
const Cancellation = z.object({ number: z.string().trim().min(1).max(40), reason: CancelReason });
const HandOff = z.object({ reason: z.enum(["customer_asked", "agent_unsure", "safety"]) });

/** The tools of one turn. Every result is redacted before a model or the record sees it; a failure is a sentence. */
export function makeTools(desk: Desk): StructuredToolInterface[] {
  return [
    orderTool(desk),
    ordersTool(desk),
    articlesTool(desk),
    productsTool(desk),
    ...cancelTool(desk),
    handOffTool(desk),
  ];
}

function orderTool(desk: Desk): StructuredToolInterface {
  return define(desk, {
    name: TOOL.order,
    says: "Looking up your order",
    description: "Look up one order of this customer by its number, such as 12345 or ORD-789456.",
    schema: OrderNumber,
    work: async ({ number }) => {
      const order = await desk.shop.findOrder(desk.caller, number);
      return order
        ? { result: { number: order.number, found: true, order: orderFacts(order, desk.now) } }
        : { result: { number, found: false, note: "This customer has no order of that number." } };
    },
  });
}

function ordersTool(desk: Desk): StructuredToolInterface {
  return define(desk, {
    name: TOOL.orders,
    says: "Looking at your orders",
    description: "List the newest orders of this customer.",
    schema: Nothing,
    work: async () => {
      const orders = await desk.shop.findOrders(desk.caller, ORDERS_SHOWN);
      const facts = orders.map((order) => orderFacts(order, desk.now));
      const gist = { orders: facts.map(({ number, status }) => `${number} ${status}`) };
      return { result: { orders: facts }, gist };
    },
  });
}

function articlesTool(desk: Desk): StructuredToolInterface {
  return define(desk, {
    name: TOOL.articles,
    says: "Reading our help pages",
    description:
      "Search the shop's help pages: returns, refunds, delivery, sizes, warranty, payment and so on.",
    schema: Query,
    work: async ({ query }) => {
      const reader = await readerOf(desk.caller.id);
      const hits = await searchArticles(query, { limit: PASSAGES_SHOWN, reader });
      const passages = hits.map(({ heading, text, ...hit }) => ({
        cite: desk.sources.cite(hit),
        title: hit.title,
        heading,
        text,
      }));
      const gist = { passages: passages.map(({ cite, title }) => `[${cite}] ${title}`) };
      return { result: { passages }, gist };
    },
  });
}

/** The model reads for the customer, so it is given what that customer may read, and never what is the team's. */
async function readerOf(customerId: string): Promise<"public" | "customer"> {
  const customer = await findCustomerState(customerId);
  return customer?.kind === "registered" ? "customer" : "public";
}

function productsTool(desk: Desk): StructuredToolInterface {
  return define(desk, {
    name: TOOL.products,
    says: "Looking through the shop",
    description: "Search the shop's products by what they are for.",
    schema: Query,
    work: async ({ query }) => {
      const products = (await desk.shop.findProducts(query, PRODUCTS_SHOWN)).map(productFacts);
      const gist = { products: products.map(({ name, price }) => `${name} ${price}`) };
      return { result: { products }, gist };
    },
  });
}

/** Offered where the shop can do it. It prepares and never acts. */
function cancelTool(desk: Desk): StructuredToolInterface[] {
  const effect = desk.shop.effects.cancel_order;
  if (!effect) {
    return [];
  }
  const tool = define(desk, {
    name: TOOL.cancelOrder,
    says: "Checking whether it can be cancelled",
    description:
      "Prepare the cancellation of one order of this customer. It cancels nothing: the customer is shown a card with exactly what would happen, and only their confirmation there cancels the order.",
    schema: Cancellation,
    work: (input) => propose(desk, effect, { kind: "cancel_order", ...input }),
  });
  return [tool];
}

function handOffTool(desk: Desk): StructuredToolInterface {
  return define(desk, {
    name: TOOL.handOff,
    says: "Asking a person to join",
    description: "Ask a person from the team to take this conversation over.",
    schema: HandOff,
    work: ({ reason }) => {
      desk.askForPerson(reason);
      const note = "A person takes over as soon as this answer is stored.";
      return Promise.resolve({ result: { handedOff: true, note } });
    },
  });
}

type Definition<Input extends z.ZodObject> = {
  name: string;
  says: string;
  description: string;
  schema: Input;
  work(input: z.output<Input>): Promise<Work>;
};

function define<Input extends z.ZodObject>(desk: Desk, definition: Definition<Input>) {
  const { name, description, schema } = definition;
  return tool(
    async (raw: unknown, config: { toolCallId?: string }): Promise<string> => {
      const input = schema.parse(raw);
      await desk.status(definition.says);
      const { result, gist } = await attempt(desk, name, () => definition.work(input));
      const text = await redact(desk.key, JSON.stringify(result));
      await desk.record({
        callId: config.toolCallId ?? name,
        name,
        args: await redact(desk.key, JSON.stringify(input)),
        result: gist ? await redact(desk.key, JSON.stringify(gist)) : text,
      });
      return text;
    },
    { name, description, schema },
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
