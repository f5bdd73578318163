import { appendFileSync, mkdtempSync, utimesSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { describe, expect, test } from "vitest";
import { Refusal } from "@/lib/errors";
import { matchesPattern, NotMoved } from "@/lib/memory";
import { migrate } from "./migrate";
import { openJournal } from "./migration-journal";

const fresh = () => path.join(mkdtempSync(path.join(tmpdir(), "journal-")), "a", "journal.log");
const never = new AbortController().signal;
const keys = ["a", "b", "c", "d"];

describe("a migration", () => {
  test("counts what arrived and tells key and reason of what did not, never an error's words", async () => {
    const seen: [number, number][] = [];
    const move = async (key: string) => {
      if (key === "b") {
        throw new NotMoved("nobody owns it here");
      }
      if (key === "c") {
        throw new Error("the text of a customer");
      }
      if (key === "d") {
        throw new Refusal("key_missing");
      }
    };
    const result = await migrate({
      keys,
      move,
      journal: openJournal(fresh()),
      progress: (done, failed) => seen.push([done, failed]),
      signal: never,
    });
    expect(result).toEqual({
      total: 4,
      migrated: 1,
      failed: 3,
      failures: [
        { key: "b", reason: "nobody owns it here" },
        { key: "c", reason: "Error" },
        { key: "d", reason: "key_missing" },
      ],
      interrupted: false,
    });
    expect(seen.at(-1)).toEqual([4, 3]);
  });

  test("that was stopped goes on where it stood, and tries again what had failed", async () => {
    const file = fresh();
    const stop = new AbortController();
    const first = await migrate({
      keys: Array.from({ length: 100 }, (_, at) => `key-${at}`),
      move: async (key) => {
        if (key === "key-3") {
          throw new NotMoved("not yet");
        }
        if (key === "key-20") {
          stop.abort();
        }
      },
      journal: openJournal(file),
      progress: () => undefined,
      signal: stop.signal,
    });
    expect(first.interrupted).toBe(true);
    expect(first.migrated).toBeLessThan(40);
    // A process that is killed may leave half a line.
    appendFileSync(file, "0123abc");
    const moved: string[] = [];
    const second = await migrate({
      keys: Array.from({ length: 100 }, (_, at) => `key-${at}`),
      move: async (key) => {
        moved.push(key);
      },
      journal: openJournal(file),
      progress: () => undefined,
      signal: never,
    });
    expect(second).toMatchObject({ total: 100, migrated: 100, failed: 0 });
    expect(moved).toContain("key-3");
    expect(moved).toHaveLength(100 - first.migrated);
  });

  test("looks at everything anew once it has ended, or a day after it was stopped", () => {
    const file = fresh();
    const journal = openJournal(file);
    journal.note("a");
    expect(openJournal(file).has("a")).toBe(true);
    utimesSync(file, 0, 0);
    expect(openJournal(file).has("a")).toBe(false);
    const next = openJournal(file);
    next.note("a");
    next.end();
    expect(openJournal(file).has("a")).toBe(false);
  });
});

test("a pattern's stars and question marks stand for characters, and nothing else in it does", () => {
  expect(keys.filter(matchesPattern("*"))).toEqual(keys);
  expect(["chat:1", "chat:12", "chatx1"].filter(matchesPattern("chat:?"))).toEqual(["chat:1"]);
  expect(["a.b", "axb", "[a]"].filter(matchesPattern("a.b"))).toEqual(["a.b"]);
  expect(["a.b", "axb", "[a]"].filter(matchesPattern("[*]"))).toEqual(["[a]"]);
});
