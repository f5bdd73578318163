import { expect, test } from "vitest";
import { setMemoryMetadata } from "@/lib/memory";
import { dataMapEntries } from "@/lib/privacy";
import { TestRecord } from "./store-for-tests";
import { prepare, turn } from "./turn-for-tests";

test("metadata is sealed, comes back with every load, and survives Redis and restarts", async () => {
  const record = await TestRecord.make();
  await turn(record, "hello", "hi");
  await setMemoryMetadata(record.conversationId, record.key, { channel: "telephone", lines: 2 });
  const sealed = (await record.memoryRow())?.metadataSealed;
  expect(Buffer.from(sealed ?? []).toString("latin1")).not.toContain("telephone");
  for (let load = 0; load < 2; load += 1) {
    const { state } = await prepare(record);
    expect(state).toMatchObject({ metadata: { channel: "telephone", lines: 2 } });
    expect(Date.parse(state.createdAt)).toBeLessThanOrEqual(Date.parse(state.updatedAt));
  }
  await turn(record, "again", "yes");
  expect((await prepare(record)).state.metadata).toEqual({ channel: "telephone", lines: 2 });
  await setMemoryMetadata(record.conversationId, record.key, null);
  expect((await prepare(record)).state.metadata).toBeNull();
});

test("metadata and times are in the customer's own export", async () => {
  const record = await TestRecord.make();
  await turn(record, "hello", "hi");
  await setMemoryMetadata(record.conversationId, record.key, { channel: "telephone" });
  const collect = dataMapEntries.find(({ name }) => name === "Memory")?.collect;
  const rows: unknown[] = [];
  for await (const row of collect?.(record.customerId, record.key) ?? []) {
    rows.push(row);
  }
  const stored = await record.memoryRow();
  expect(rows).toMatchObject([
    {
      metadata: { channel: "telephone" },
      createdAt: stored?.createdAt,
      updatedAt: stored?.updatedAt,
    },
  ]);
});

test("another customer cannot write it, and the owner still can", async () => {
  const [record, other] = [await TestRecord.make(), await TestRecord.make()];
  await turn(record, "hello", "hi");
  await expect(
    setMemoryMetadata(record.conversationId, other.key, { channel: "planted" }),
  ).rejects.toMatchObject({ code: "not_found" });
  expect((await prepare(record)).state.metadata).toBeNull();
  await setMemoryMetadata(record.conversationId, record.key, { channel: "web" });
  expect((await prepare(record)).state.metadata).toEqual({ channel: "web" });
});
