import { loadavg } from "node:os";
import { withDatabase } from "@/scripts/setup/database.mjs";
import { step } from "@/scripts/setup/say.mjs";
import { enter } from "./memory/contestant";
import { Runs } from "./memory/figures";
import type { Sql } from "./memory/record";
import type { Person, Privacy } from "./privacy/ours";

export { show, tell } from "./privacy/show";

type Environment = Record<string, string>;
type Given = { environment: Environment; runs: number };
type Stage = { environment: Environment; ours: Privacy; folders: string[]; figures: Runs };

const MESSAGES = 10_000;
const FEW = 100;
const MANY = 100_000;
const WRITERS = 8;
/** So many at each size; the figure is the middle one. The last one goes through the second stage. */
const ERASURES = 3;

/**
 * What privacy costs and what an erasure leaves: sealing, redaction, an export, both stages of an erasure of somebody
 * with 10,000 messages among 100 and among 100,000 others, and the audit log under eight writers.
 */
export async function bench({ environment, runs }: Given) {
  const figures = new Runs();
  figures.add("loadAverageBefore", loadavg()[0] ?? null);
  const ours = await enter<Privacy>("privacy/ours", environment);
  const folders = [environment["SERVER_FILES"] ?? "", environment["DATA_DIR"] ?? ""];
  const stage = { environment, ours, folders, figures };
  for (let run = 0; run < runs; run += 1) {
    await step("Sealing and redaction", () => measureSmall(stage));
    await step("Exports", () => measureExports(stage));
    await step("Audit", () => measureAudit(stage));
  }
  await step(`Erasure among ${FEW}`, () => measureErasure(stage, FEW));
  await step(`Erasure among ${MANY}`, () => measureErasure(stage, MANY - FEW, MANY));
  const told = figures.figures();
  const of = (name: string) => told[name] ?? 0;
  figures.add("erasureRatio", of(`erasureMs${MANY}`) / of(`erasureMs${FEW}`));
  figures.add("loadAverageAfter", loadavg()[0] ?? null);
  const errors = of("leftoverHitsLogical") + of("leftoverHitsRaw") + of("auditForks");
  return { figures: figures.figures(), errors };
}

async function measureSmall({ ours, figures }: Stage): Promise<void> {
  const { seals, opens } = await ours.seals({ seconds: 1 });
  figures.add("sealsPerSecond", Math.round(seals));
  figures.add("opensPerSecond", Math.round(opens));
  figures.addTimes("redact", "", await ours.redact({ count: 300 }));
  figures.add("detectWorst100000CharactersMs", await ours.worst({}));
}

/** Each in a process of its own, whose memory nothing else has filled. */
async function measureExports({ environment, figures }: Stage): Promise<void> {
  const peaks: number[] = [];
  for (const messages of [MESSAGES / 10, MESSAGES]) {
    const fresh = await enter<Privacy>("privacy/ours", environment);
    const person = await fresh.addPerson({ messages });
    const reader = await enter<Privacy>("privacy/ours", environment);
    const { ms, peakMb } = await reader.export({ person });
    figures.add(`exportMs${messages}`, ms);
    figures.add(`exportPeakMb${messages}`, peakMb);
    peaks.push(peakMb);
  }
  const [small = 0, large = 0] = peaks;
  figures.add("exportPeakRatio", large / small);
}

/** Writers in two processes; a fork is an entry that two others stand behind. */
async function measureAudit({ environment, ours, figures }: Stage): Promise<void> {
  const other = await enter<Privacy>("privacy/ours", environment);
  const wish = { writers: WRITERS / 2, rounds: 40 };
  const done = await Promise.all([ours.appends(wish), other.appends(wish)]);
  const entries = done.reduce((sum, each) => sum + each.entries, 0);
  const ms = Math.max(...done.map((each) => each.ms));
  figures.add("auditAppendsPerSecond", entries / (ms / 1000));
  const forks = await withDatabase(environment["DATABASE_URL"], async (client: Sql) => {
    const { rows } = await client.query(
      `SELECT count(*)::int AS forks FROM (
         SELECT 1 FROM "AuditEntry" GROUP BY prev_hash HAVING count(*) > 1) AS forked`,
      [],
    );
    return Number(rows[0]?.["forks"]);
  });
  const { ok } = await ours.verify({});
  figures.add("auditForks", ok ? forks : forks + 1);
}

/** The first erasure of a process pays for what it loads, so somebody small goes first. */
async function measureErasure(stage: Stage, add: number, others = add): Promise<void> {
  const { ours, figures, folders } = stage;
  await ours.addPeople({ count: add });
  await ours.erase({ person: await ours.addPerson({ messages: 20 }) });
  let [person, requestId]: [Person | null, string] = [null, ""];
  for (let time = 0; time < ERASURES; time += 1) {
    person = await ours.addPerson({ messages: MESSAGES });
    const erased = await ours.erase({ person });
    requestId = erased.requestId;
    figures.add(`erasureMs${others}`, erased.ms);
  }
  if (!person) {
    throw new Error("Nobody was erased");
  }
  // What deleting alone leaves, so that nothing found afterwards is no blindness of the search.
  figures.add(`rawHitsAfterStage1Among${others}`, await ours.look({ person, folders }));
  const { ms: sweepMs, receipt } = await ours.sweep({ requestId });
  figures.add(`sweepMs${others}`, sweepMs);
  const places = receipt.second?.body.places ?? [];
  const isRaw = ({ name }: { name: string }) => name.endsWith("files");
  const hits = (raw: boolean) =>
    places.filter((place) => isRaw(place) === raw).reduce((sum, place) => sum + place.hits, 0);
  const seen = await ours.look({ person, folders });
  const blind = places.filter(({ looked }) => !looked).length;
  figures.sum("leftoverHitsLogical", hits(false));
  figures.sum("leftoverHitsRaw", hits(true) + seen);
  figures.sum("placesNotLookedAt", blind);
  figures.add(`searchedMb${others}`, places.reduce((sum, { bytes }) => sum + bytes, 0) / 1e6);
}
