import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import fc from "fast-check";
import { afterAll, expect, test } from "vitest";
import { env } from "@/lib/env";
import { listRawFiles, searcher, searchFiles } from "./raw-files";
import { passageOf } from "./store-traces";
import { TraceFinder } from "./trace-finder";

const folder = mkdtempSync(join(tmpdir(), "recollect-raw-"));
const { SERVER_FILES, DATA_DIR, KEYS_DIR } = env;
afterAll(() => {
  Object.assign(env, { SERVER_FILES, DATA_DIR, KEYS_DIR });
  rmSync(folder, { recursive: true });
});

test("what comes in pieces is searched as if it came whole", () => {
  const forms = ["secret", "ecre", "tsec", "xxxx"].map((text) => Buffer.from(text));
  const patterns = forms.map((bytes, trace) => ({ trace, bytes }));
  const countsOf = (pieces: Uint8Array[]) => {
    const traces = new Map<number, number>();
    const search = searcher(new TraceFinder(patterns), traces);
    for (const piece of pieces) {
      search(piece);
    }
    return traces;
  };
  fc.assert(
    fc.property(
      fc.array(fc.constantFrom("secret", "x", "xxx", "s", "tsecr", "-")),
      fc.array(fc.integer({ min: 1, max: 9 })),
      (words, cuts) => {
        const whole = Buffer.from(words.join(""));
        const pieces: Buffer[] = [];
        let from = 0;
        for (const cut of [...cuts, whole.length]) {
          pieces.push(whole.subarray(from, from + cut));
          from += cut;
        }
        expect(countsOf(pieces)).toEqual(countsOf([whole]));
      },
    ),
  );
});

test("the folder of another server is not taken for ours, nor another database's files", async () => {
  const word = Buffer.from("Ada Lovell of Bristol");
  const files = {
    "postgres/global/pg_control": Buffer.concat([Buffer.of(7, 0, 0, 0, 0, 0, 0, 0), word]),
    "postgres/base/5/100": word,
    "postgres/base/6/100": word,
    "postgres/pg_wal/000000010000000000000001": word,
    "redis/appendonlydir/appendonly.aof.1.base.rdb": word,
  };
  for (const [name, bytes] of Object.entries(files)) {
    const path = join(folder, "servers", name);
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, bytes);
  }
  const servers = join(folder, "servers");
  Object.assign(env, {
    SERVER_FILES: servers,
    DATA_DIR: join(folder, "no-data"),
    KEYS_DIR: join(folder, "no-keys"),
  });
  const facts = { databaseOid: "5", replicas: 0, archives: false };
  const ours = listRawFiles({ ...facts, systemId: "7" });
  expect(ours.hasPostgres).toBe(true);
  expect(ours.files.map(({ shown, place }) => `${place}: ${shown}`).sort()).toEqual([
    "PostgreSQL's files: base/5/100",
    "PostgreSQL's files: global/pg_control",
    "PostgreSQL's files: pg_wal/000000010000000000000001",
    "Redis's files: redis/appendonlydir/appendonly.aof.1.base.rdb",
  ]);
  const found = await searchFiles(ours.files, new TraceFinder([{ trace: 0, bytes: word }]));
  expect(found.hits).toHaveLength(4);
  expect(found.bytes.get("Redis's files")).toBe(word.length);
  for (const systemId of ["8", null]) {
    expect(listRawFiles({ ...facts, systemId }).hasPostgres).toBe(false);
  }
  env.SERVER_FILES = join(folder, "nowhere");
  expect(listRawFiles({ ...facts, systemId: "7" })).toEqual({ files: [], hasPostgres: false });
});

test("a message is looked for by some words out of its middle, and one that is too short is not", () => {
  const text =
    "Good morning, my tent came with a cracked pole and we leave on Friday, what can you do?";
  const passage = passageOf(text) ?? "";
  expect(text).toContain(passage);
  expect(passage.length).toBe(48);
  expect(passageOf("Where is my order?")).toBeNull();
  expect(passageOf(`${"x".repeat(200)} one two`)).toBeNull();
  fc.assert(
    fc.property(fc.string({ unit: "grapheme", maxLength: 200 }), (any) => {
      // Half a character would come back as another one.
      const passed = passageOf(any) ?? "";
      expect(Buffer.from(passed, "utf8").toString("utf8")).toBe(passed);
    }),
  );
});
