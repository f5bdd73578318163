import path from "node:path";
import type { Actions } from "@/scripts/load/actions";
import { readActions } from "@/scripts/load/actions";
import { end } from "@/scripts/setup/identity.mjs";
import { root } from "@/scripts/setup/place.mjs";
import { findFreePort } from "@/scripts/setup/ports.mjs";
import { findChild } from "@/scripts/setup/processes.mjs";
import { step } from "@/scripts/setup/say.mjs";
import { serveWeb } from "@/scripts/setup/web.mjs";
import { inTurn } from "./arrivals";
import { measureCost } from "./cost";
import { type Customer, newCustomer } from "./customers";
import {
  askCustomers,
  askPlainly,
  figuresOf,
  measureFirstTokens,
  nextReference,
  noSamples,
} from "./first-token";
import { type Load, watchCpu } from "./measure";
import { modelAt, startServer } from "./server";
import { measureStreams } from "./streams";

export { show } from "./show-turn";

type Environment = Record<string, string>;
type Given = { home: { dist: string }; environment: Environment; runs: number };

const CONVERSATIONS = 50;
const PACE = { seconds: 20, perSecond: 10 };
const STREAMS = { count: 300, tokens: 800, perSecond: 20, rounds: 2, spreadSeconds: 15 };
const firstWordMs = 300;
/** About an ordinary answer: two seconds of it. */
const answer = { text: sentence(40), delayMs: firstWordMs, tokenDelayMs: 50 };

/**
 * What the product adds to a model's first token (beside a bare proxy and an agent without durability, in the same
 * run), how many streams it carries, and what a turn costs the databases.
 */
export async function bench({ home, environment, runs }: Given) {
  const stage = await setUp(home, environment);
  const first = await compare(stage, runs);
  await stage.model.say({ ...answer, delayMs: 50, tokenDelayMs: 10 });
  const cost = await step("Cost of a turn", () => measureCost(stage));
  const streams = await step("Streams", () => carry(stage));
  return {
    addedFirstTokenP50Ms: first.product.addedFirstTokenP50Ms,
    addedFirstTokenP95Ms: first.product.addedFirstTokenP95Ms,
    turnsPerSecond: first.product.turnsPerSecond,
    concurrentStreams: streams.concurrentStreams,
    errors: first.product.errors + streams.errors + cost.errors,
    conversationsOpen: CONVERSATIONS,
    ...first,
    streams,
    cost,
  };
}

async function setUp(home: { dist: string }, environment: Environment) {
  const server = await startServer("model", environment);
  const model = modelAt(server);
  const settings: Environment = {
    ...environment,
    OPENAI_API_KEY: "scripted",
    OPENAI_BASE_URL: model.url,
    OPENAI_MODEL: "scripted",
  };
  const plain = await startServer("plain", settings);
  const startWeb = (name: string, changed: Environment = {}) =>
    startProduct(home, { ...settings, ...changed }, name);
  const web = await startWeb("web");
  const pids = {
    web: web.pid,
    postgres: findChild("postgres")?.pid ?? 0,
    redis: findChild("redis")?.pid ?? 0,
    model: server.pid,
    clients: process.pid,
  };
  await model.say(answer);
  return {
    model,
    settings,
    plain,
    web,
    startWeb,
    pids,
    actions: readActions(path.join(root, home.dist)),
  };
}
export type Stage = Awaited<ReturnType<typeof setUp>>;

async function startProduct(home: { dist: string }, environment: Environment, name: string) {
  const port = await findFreePort(39_300);
  const running = await serveWeb({ place: home, environment, port, host: "127.0.0.1", name });
  return {
    address: `http://127.0.0.1:${port}`,
    pid: running.entry.pid as number,
    stop: () => end(running.entry),
  };
}

/** The product, the bare proxy and the plain agent in turn, as often as there are runs, at the same pace. */
async function compare({ web, actions, plain, model, pids }: Stage, runs: number) {
  const customers = await step("Conversations", () => openConversations(web.address, actions));
  const ways = {
    floor: { ask: askPlainly(plain, "/floor", CONVERSATIONS), samples: noSamples() },
    plainAgent: { ask: askPlainly(plain, "/agent", CONVERSATIONS), samples: noSamples() },
    product: { ask: askCustomers(customers, 60_000), samples: noSamples() },
  };
  let cpu: Load = {};
  for (let run = 1; run <= runs; run += 1) {
    for (const [name, { ask, samples }] of Object.entries(ways)) {
      const measured = watchCpu(pids);
      await step(`First tokens: ${name}`, () =>
        measureFirstTokens(samples, ask, PACE, model.timings),
      );
      cpu = name === "product" ? measured() : cpu;
    }
  }
  for (const customer of customers) {
    customer.leave();
  }
  return {
    floor: figuresOf(ways.floor.samples),
    plainAgent: figuresOf(ways.plainAgent.samples),
    product: { ...figuresOf(ways.product.samples), cpu },
  };
}

/** Guests with one answered question each, so that nothing that happens once is measured. */
async function openConversations(address: string, actions: Actions): Promise<Customer[]> {
  const everyone = Array.from({ length: CONVERSATIONS });
  return await inTurn(everyone, 8, async () => {
    const customer = await newCustomer(address, actions);
    const { error } = await customer.ask(nextReference(), 60_000);
    if (error) {
      throw new Error(`A first question was not answered: ${error}`);
    }
    return customer;
  });
}

/** Two cores are worked by two web processes, as `npm run cluster -- --web 2` starts them; half of the customers ask at each. */
async function carry({ web, startWeb, actions, model, pids }: Stage) {
  const text = sentence(STREAMS.tokens);
  await model.say({ ...answer, text });
  const second = await startWeb("web 2");
  const addresses = [web.address, second.address];
  const everyone = Array.from({ length: STREAMS.count }, (_, index) => index);
  const customers = await inTurn(everyone, 4, (index) =>
    newCustomer(addresses[index % addresses.length] ?? web.address, actions),
  );
  const figures = await measureStreams({
    ...STREAMS,
    customers,
    text,
    pids: { ...pids, "web 2": second.pid },
    webs: [web.pid, second.pid],
  });
  for (const customer of customers) {
    customer.leave();
  }
  await second.stop();
  return figures;
}

/** So many words, one token each for the scripted model. */
function sentence(words: number): string {
  const some = ["wash", "it", "cold", "with", "soap", "for", "down", "then", "dry", "slowly"];
  return Array.from({ length: words }, (_, index) => some[index % some.length]).join(" ");
}
