import path from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { startModelServer } from "@/e2e/model-server";
import { readActions } from "@/scripts/load/actions";
import { agree, arrive } from "@/scripts/load/person";
import { startCluster } from "@/scripts/setup/cluster.mjs";
import { root } from "@/scripts/setup/place.mjs";
import { step } from "@/scripts/setup/say.mjs";
import { Customer } from "./customer";
import { carryOut, countFaults } from "./faults";
import { differences, type Evidence, judge, type Screen } from "./judge";
import { Lead } from "./lead";
import { randomFrom } from "./random";
import { countOpenTurns, readRecord } from "./record";
import { planFaults } from "./schedule";
import { readStored } from "./screen";
import { targetsOf } from "./target";

type Given = {
  home: { dist: string };
  environment: Record<string, string>;
  seconds: number;
  seed: number;
};

const CUSTOMERS = 10;
/** From the last fault on: turns of dead processes run elsewhere, and everything that was sent is taken. */
const QUIET_WITHIN_MS = 120_000;
const SCREENS_WITHIN_MS = 60_000;

/**
 * Customers write and read, and a lead takes over, while web, worker, Redis and PostgreSQL are killed, frozen, stopped
 * and started at random; then everything is put right, and what is stored and what was seen is held against what the
 * product promises.
 */
export async function chaos({ home, environment, seconds, seed }: Given) {
  const stage = await setUp(home, environment, seed);
  const { customers, lead, targets, url } = stage;
  const [over, closed] = [new AbortController(), new AbortController()];
  const writing = [
    ...customers.map((customer) => customer.write(over.signal)),
    lead.work(customers, over.signal),
  ];
  const retrying = customers.map((customer) => customer.retry(closed.signal));
  const names = targets.map(({ name }) => name);
  const faults = planFaults(seed, seconds, names);
  console.log(`\n  ${faults.length} faults in ${seconds} s, seed ${seed}\n`);
  const done = await carryOut(faults, targets, (line) => console.log(`  ${line}`));
  over.abort();
  console.log("");
  await step("Quiet again", () => becomeQuiet(url, writing));
  const screens = await step("Screens", () => readScreens(customers));
  closed.abort();
  await Promise.all(retrying);
  for (const customer of customers) {
    customer.close();
  }
  const evidence = gather(customers, lead, screens, await readRecord(url));
  await stage.stop();
  return {
    seed,
    seconds,
    faults: countFaults(done),
    ...countAll(evidence, customers, lead),
    verdicts: judge(evidence),
  };
}

async function setUp(home: { dist: string }, environment: Record<string, string>, seed: number) {
  const model = await startModelServer();
  model.script({ repeat: true, steps: answers() });
  // It keeps what it was asked, for tests that look at it; an hour of that is a lot.
  setInterval(() => model.requests().splice(0), 60_000).unref();
  const settings: Record<string, string> = {
    ...environment,
    OPENAI_API_KEY: "scripted",
    OPENAI_BASE_URL: model.url,
    OPENAI_MODEL: "scripted",
    LOG_LEVEL: "error",
  };
  const cluster = await step("Processes", () =>
    startCluster({ place: home, environment: settings, web: 2, workers: 1, host: "127.0.0.1" }),
  );
  const { address } = cluster;
  const actions = readActions(path.join(root, home.dist));
  const lead = new Lead(arrive({ address, actions, ip: "10.9.0.1" }), randomFrom(seed + 1));
  await lead.signIn({ email: "lead@example.com", password: "fellside-lead" });
  const customers: Customer[] = [];
  for (let count = 1; count <= CUSTOMERS; count += 1) {
    const person = arrive({ address, actions, ip: `10.9.1.${count}` });
    if (!(await agree(person))) {
      throw new Error("A guest could not agree, before anything had gone wrong.");
    }
    customers.push(new Customer(`customer ${count}`, person, randomFrom(seed + 1 + count)));
  }
  return {
    url: settings["DATABASE_URL"] ?? "",
    customers,
    lead,
    targets: targetsOf(home, settings, cluster),
    stop: async () => {
      await cluster.stop();
      await model.close();
    },
  };
}

/** Answers of many lengths and paces: some are short, and some outlast a frozen process. */
function answers() {
  const words = ["wash", "it", "cold", "with", "soap", "for", "down", "and", "dry", "it", "slowly"];
  return Array.from({ length: 17 }, (_, index) => ({
    text: Array.from(
      { length: 8 + index * 7 },
      (_word, at) => words[(at + index) % words.length],
    ).join(" "),
    delayMs: (index % 4) * 150,
    tokenDelayMs: 5 + (index % 5) * 15,
  }));
}

/** Waits until everything that was sent is taken and no turn is open, or the patience is over: then the judge says so. */
async function becomeQuiet(url: string, writing: readonly Promise<void>[]): Promise<void> {
  const late = pause(QUIET_WITHIN_MS, "late" as const, { ref: false });
  if ((await Promise.race([Promise.all(writing), late])) === "late") {
    return;
  }
  let stillness = 0;
  for (const until = Date.now() + QUIET_WITHIN_MS; Date.now() < until && stillness < 3; ) {
    stillness = (await countOpenTurns(url)) === 0 ? stillness + 1 : 0;
    await pause(1_000);
  }
}

/** Every screen beside what a browser that comes now is shown; a screen that is behind has a while to catch up. */
async function readScreens(customers: readonly Customer[]): Promise<Screen[]> {
  const until = Date.now() + SCREENS_WITHIN_MS;
  const all = customers.flatMap(({ who, person, screens }) =>
    screens.map(async (shown): Promise<Screen> => {
      for (;;) {
        const { conversationId } = shown;
        const stored = await readStored(person, conversationId);
        const seen = shown.state().messages;
        const same = stored !== null && differences(seen, stored).length === 0;
        if (same || Date.now() > until) {
          return { who, conversationId, shown: seen, stored };
        }
        await pause(1_000);
      }
    }),
  );
  return await Promise.all(all);
}

function gather(
  customers: readonly Customer[],
  lead: Lead,
  screens: Screen[],
  record: Pick<Evidence, "messages" | "turns">,
): Evidence {
  return {
    ...record,
    screens,
    sent: [...customers.flatMap(({ sent }) => sent), ...lead.sent],
    acknowledged: [...customers.flatMap((each) => each.acknowledged), ...lead.acknowledged],
    unacknowledged: customers.flatMap((each) => [...each.unacknowledged]),
    refused: customers.flatMap(({ refused }) => refused),
  };
}

function countAll(evidence: Evidence, customers: readonly Customer[], lead: Lead) {
  const sum = (of: (customer: Customer) => number) =>
    customers.reduce((total, customer) => total + of(customer), 0);
  return {
    messages: evidence.acknowledged.length,
    answers: evidence.messages.filter(({ role }) => role === "assistant").length,
    turns: countBy(evidence.turns.map(({ state }) => state)),
    failures: countBy(evidence.turns.flatMap(({ failure }) => failure ?? [])),
    conversations: evidence.screens.length,
    reconnects: sum(({ screens }) => screens.reduce((total, each) => total + each.reconnects(), 0)),
    sentAgain: sum(({ presses }) => presses.resend),
    retriesPressed: sum(({ presses }) => presses.retry),
    stopsPressed: sum(({ presses }) => presses.stop),
    takeOvers: lead.takeOvers,
  };
}

function countBy(names: readonly string[]): Record<string, number> {
  const counts: Record<string, number> = {};
  for (const name of names) {
    counts[name] = (counts[name] ?? 0) + 1;
  }
  return counts;
}
