import { setTimeout as pause } from "node:timers/promises";
import { listRawFiles, type RawFile, type RawHits, searchFiles } from "./raw-files";
import type { DataMapEntry } from "./schema-map";
import type { SearchedPlace } from "./schema-receipt";
import type { Trace, Traces } from "./schema-traces";
import { type ServerFacts, tableOfFile } from "./store-raw";
import { searchRedisNames, searchTables, type TableHits } from "./store-search";
import type { SweepSession } from "./store-sweep";
import { findAudited } from "./store-traces";
import type { Swept } from "./sweep";
import { finderOf, impersonalTables, tracesOf } from "./traces";

type Search = {
  session: SweepSession;
  traces: Traces;
  dataMap: readonly DataMapEntry[];
  swept: Swept;
  facts: ServerFacts;
  /** Stands in Redis's files, if it is they that are looked at. */
  token: string;
};

export type Searched = {
  places: SearchedPlace[];
  /** Tables and files in which something of the person stands; empty is what is wanted. */
  foundIn: string[];
  /** Of the files on this machine, whose were looked at. */
  postgres: boolean;
  redis: boolean;
  searchedAt: string;
};

const AGAIN_MS = 1_000;

/** Looks for the person in every store and in every file of this installation that can be reached. */
export async function searchAll(search: Search): Promise<Searched> {
  const { traces: plan, dataMap } = search;
  const traces = tracesOf(plan);
  const audited = new Set(await findAudited(plan.conversationIds));
  const first = 1 + plan.keyOwners.length;
  const names = (at: number) => plan.conversationIds[at - first] ?? "";
  const isLookedFor = ({ what }: Trace, at: number) =>
    what !== "conversation" || !audited.has(names(at));
  const logical = await searchStores(search, traces, isLookedFor);
  const common = new Set(
    logical.tables.hits
      .filter(({ table }) => impersonalTables(dataMap).has(table))
      .flatMap((hit) => [...hit.traces.keys()]),
  );
  const raw = await searchRaw(
    search,
    traces,
    (trace, at) => isLookedFor(trace, at) && !common.has(at),
  );
  const left = logical.tables.hits.filter(({ table }) => !impersonalTables(dataMap).has(table));
  const foundIn = [
    ...left.map(({ table, traces: hits }) => `table ${table} (${sum(hits)})`),
    ...(logical.redisHits > 0 ? [`names of keys in Redis (${logical.redisHits})`] : []),
    ...logical.byOwner,
    ...raw.foundIn,
  ];
  const tables = left.reduce((all, { traces: hits }) => all + sum(hits), 0);
  return {
    foundIn,
    postgres: raw.postgres,
    redis: raw.redis,
    searchedAt: new Date().toISOString(),
    places: [
      place("Tables", logical.tables.tables, 0, tables),
      place("Names of keys in Redis", logical.keys, 0, logical.redisHits),
      place("Stores by the owner's id", dataMap.length, 0, logical.byOwner.length),
      ...raw.places,
    ],
  };
}

const sum = (hits: ReadonlyMap<number, number>) =>
  [...hits.values()].reduce((all, each) => all + each, 0);

function place(
  name: string,
  items: number,
  bytes: number,
  hits: number,
  looked = true,
): SearchedPlace {
  return { name, looked, items, bytes, hits };
}

type Wanted = (trace: Trace, at: number) => boolean;

async function searchStores(
  { session, traces: plan, dataMap }: Search,
  traces: Trace[],
  isWanted: Wanted,
) {
  const tables: { tables: number; hits: TableHits[] } = await searchTables(
    session,
    finderOf(traces, isWanted),
  );
  // The mark that a conversation is gone stays for a week, and must.
  const names = await searchRedisNames(finderOf(traces, ({ what }) => what !== "conversation"));
  const byOwner: string[] = [];
  for (const { name, count } of dataMap) {
    const found = await count(plan.customerId, plan);
    if (found > 0) {
      byOwner.push(`${name} (${found})`);
    }
  }
  return { tables, keys: names.keys, redisHits: sum(names.traces), byOwner };
}

async function searchRaw(search: Search, traces: Trace[], isWanted: Wanted) {
  const { facts, token, swept } = search;
  const { files, hasPostgres } = listRawFiles(facts);
  const mark = { what: "value", forms: [Buffer.from(token)] } as const;
  const all = [...traces, mark];
  const finder = finderOf(all, (trace, at) => trace === mark || isWanted(trace, at));
  const { bytes, hits } = await searchFiles(files, finder);
  const isMarked = hits.some(({ traces: found }) => found.has(traces.length));
  const suspects = hits.filter((hit) => countOf(hit, traces) > 0).map(({ file }) => file);
  const left = await judge(search, suspects, finder, traces);
  const redis = isMarked || (hasPostgres && swept.redis.every((how) => how === "none"));
  const sizes = (name: RawFile["place"]) => files.filter(({ place: of }) => of === name);
  const looked = {
    "PostgreSQL's files": hasPostgres,
    "Redis's files": redis,
    "The product's files": true,
  };
  return {
    postgres: hasPostgres,
    redis,
    foundIn: left.map(({ shown, count }) => `${shown} (${count})`),
    places: (Object.keys(looked) as RawFile["place"][]).map((name) => {
      const count = left
        .filter((each) => each.place === name)
        .reduce((n, each) => n + each.count, 0);
      return place(name, sizes(name).length, bytes.get(name) ?? 0, count, looked[name]);
    }),
  };
}

type Left = { place: RawFile["place"]; shown: string; count: number };

/**
 * Looks a second time at the files in which something was found: a file that is about to be removed is no leftover. What
 * may stand there is taken out: ids in the freed space of tables that are too large to be written anew, or not ours to.
 */
async function judge(
  { session, swept }: Search,
  suspects: readonly RawFile[],
  finder: ReturnType<typeof finderOf>,
  traces: readonly Trace[],
): Promise<Left[]> {
  if (suspects.length === 0) {
    return [];
  }
  if (swept.logRefused.length === 0) {
    await session.query("CHECKPOINT");
  }
  await pause(AGAIN_MS);
  const { hits } = await searchFiles(suspects, finder);
  const tolerated = new Set([...swept.tables.tooLarge, ...swept.tables.refused]);
  const left: Left[] = [];
  for (const hit of hits) {
    const { file } = hit;
    const table = await tableOf(session, file);
    const isOpen = table !== null && tolerated.has(table);
    const isLog = file.shown.startsWith("pg_wal/") && swept.logRefused.length > 0;
    const count = countOf(hit, traces, isOpen || isLog);
    if (count > 0) {
      left.push({
        place: file.place,
        shown: table ? `${file.shown}, table ${table}` : file.shown,
        count,
      });
    }
  }
  return left;
}

async function tableOf(
  session: SweepSession,
  { shown, place: of }: RawFile,
): Promise<string | null> {
  const [, filenode] = /^base\/\d+\/(\d+)/.exec(of === "PostgreSQL's files" ? shown : "") ?? [];
  return filenode ? await tableOfFile(session, filenode) : null;
}

/** How much of the person stands in a file; `idsMay` leaves ids out, and Redis keeps the marks of gone conversations. */
function countOf(
  { file, traces: found }: RawHits,
  traces: readonly Trace[],
  idsMay = false,
): number {
  const may = (what: Trace["what"]) =>
    (idsMay && (what === "id" || what === "conversation")) ||
    (file.place === "Redis's files" && what === "conversation");
  return [...found].reduce((all, [at, count]) => {
    const what = traces[at]?.what;
    return what === undefined || may(what) ? all : all + count;
  }, 0);
}
