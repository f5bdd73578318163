import { beforeEach, describe, expect, test } from "vitest";
import { asRedacted } from "@/lib/privacy";
import type { SubjectKey } from "@/lib/privacy/schema";
import { said } from "./for-tests";
import type { FoldWrite, MemoryPort } from "./port";
import type { MemoryState, RecordedMessage } from "./schema";
import { emptyState } from "./state";

export type Harness = {
  port: MemoryPort;
  conversationId: string;
  owner: SubjectKey;
  /** Another customer's key. */
  stranger: SubjectKey;
  /** What the record does before memory hears of it. */
  record(messages: RecordedMessage[]): Promise<void>;
};

const first = [said(1, "customer", "Where is order 12345?"), said(2, "assistant", "On its way.")];
const second = [said(4, "customer", "When? ".repeat(400)), said(5, "assistant", "Tomorrow. 👍")];

/** A folded state of version 0 whose tail is `messages`. */
function stateOf(messages: RecordedMessage[]): MemoryState {
  return { ...emptyState(new Date()), tail: messages, lastSeq: messages.at(-1)?.seq ?? 0 };
}

function foldOf(from: number, coveredThrough: number): FoldWrite {
  return {
    from,
    coveredThrough,
    summary: asRedacted("Asked for order 12345."),
    summaryTokens: 8,
    ledger: [{ kind: "order", value: asRedacted("12345"), seq: 1 }],
    strategy: null,
    metadata: { channel: "web" },
    createdAt: new Date(0).toISOString(),
    updatedAt: new Date().toISOString(),
  };
}

/** The promises of a memory store, run on every implementation. */
export function memoryContract(name: string, make: () => Promise<Harness>): void {
  describe(`a memory store: ${name}`, () => {
    let at: Harness;
    const load = (known?: { version: number; lastSeq: number }) =>
      at.port.load(at.conversationId, at.owner, { known });
    const state = async () => {
      const loaded = await load();
      return loaded.kind === "state" ? loaded.state : null;
    };
    const save = (of: MemoryState) => at.port.save(at.conversationId, at.owner, of);
    const append = (after: number, messages: RecordedMessage[]) =>
      at.port.append(at.conversationId, at.owner, {
        after,
        through: messages.at(-1)?.seq ?? after,
        messages,
      });
    const fold = (write: FoldWrite) => at.port.fold(at.conversationId, at.owner, write);

    beforeEach(async () => {
      at = await make();
      await at.record(first);
      await save(stateOf(first));
    });

    test("gives back what was saved, message for message", async () => {
      expect(await state()).toMatchObject({ version: 0, lastSeq: 2, summary: null, tail: first });
    });

    test("takes what follows, also over a gap in the seqs, and gives it back", async () => {
      await at.record(second);
      expect(["appended", "already"]).toContain(await append(2, second));
      expect(await state()).toMatchObject({ lastSeq: 5, tail: [...first, ...second] });
    });

    test("takes nothing twice", async () => {
      await at.record(second);
      await append(2, second);
      expect(await append(2, second)).toBe("already");
      expect((await state())?.tail).toEqual([...first, ...second]);
    });

    test("takes nothing whose predecessor it does not have", async () => {
      expect(await append(3, [said(9, "customer", "later")])).toBe("behind");
      expect((await state())?.tail).toEqual(first);
    });

    test("says that nothing changed, or only what did, to whoever knows a stamp", async () => {
      expect(await load({ version: 0, lastSeq: 2 })).toEqual({ kind: "unchanged" });
      await at.record(second);
      await append(2, second);
      expect(await load({ version: 0, lastSeq: 2 })).toEqual({
        kind: "difference",
        lastSeq: 5,
        messages: second,
      });
      expect(await load({ version: 7, lastSeq: 2 })).toMatchObject({ kind: "state" });
    });

    test("a fold replaces exactly its version and shortens the tail", async () => {
      await at.record(second);
      await append(2, second);
      expect(await fold(foldOf(0, 2))).toBe("folded");
      const { updatedAt: _, from: __, ...head } = foldOf(0, 2);
      expect(await state()).toMatchObject({ ...head, version: 1, lastSeq: 5, tail: second });
    });

    test("keeps metadata, when it began and when it last changed", async () => {
      const write = { ...foldOf(0, 2), updatedAt: new Date(86_400_000).toISOString() };
      await fold(write);
      const { metadata, createdAt, updatedAt } = write;
      expect(await state()).toMatchObject({ metadata, createdAt, updatedAt });
      await at.record(second);
      await append(2, second);
      expect(await state()).toMatchObject({
        metadata,
        createdAt,
        updatedAt: second.at(-1)?.createdAt,
      });
    });

    test("of two folds of one version one wins and the other changes nothing", async () => {
      const summary = asRedacted("the other");
      const answers = [await fold(foldOf(0, 2)), await fold({ ...foldOf(0, 1), summary })];
      expect(answers).toEqual(["folded", "lost"]);
      expect((await state())?.summary).toBe("Asked for order 12345.");
    });

    test("a fold of messages that it has not seen yet moves it past them", async () => {
      await at.record(second);
      expect(await fold(foldOf(0, 5))).toBe("folded");
      expect(await state()).toMatchObject({ version: 1, lastSeq: 5, tail: [] });
    });

    test("refuses to be put back to an older version", async () => {
      await fold(foldOf(0, 2));
      expect(await save(stateOf(first))).toBe("older");
      expect(await state()).toMatchObject({ version: 1, summary: "Asked for order 12345." });
    });

    test("refuses to be put back to an earlier message of the same version", async () => {
      await at.record(second);
      await append(2, second);
      expect(await save(stateOf(first))).toBe("older");
      expect((await state())?.lastSeq).toBe(5);
    });

    test("exists, is listed, and is gone after delete", async () => {
      await fold(foldOf(0, 2));
      expect(await at.port.exists(at.conversationId)).toBe(true);
      const listed: string[] = [];
      for await (const id of at.port.listKeys()) {
        listed.push(id);
      }
      expect(listed).toContain(at.conversationId);
      await at.port.delete(at.conversationId);
      const after = await state();
      expect(after?.summary ?? null).toBeNull();
      expect(after?.ledger ?? []).toEqual([]);
    });

    test("another customer cannot read or change it, and the owner still can", async () => {
      const { port, conversationId, stranger } = at;
      const read = port.load(conversationId, stranger).catch(() => ({ kind: "miss" }));
      expect(await read).toEqual({ kind: "miss" });
      await port.fold(conversationId, stranger, foldOf(0, 2)).catch(() => undefined);
      if (port.name !== "redis") {
        expect((await state())?.version).toBe(0);
      }
      expect(await save(stateOf(first))).not.toBe("gone");
    });
  });
}
