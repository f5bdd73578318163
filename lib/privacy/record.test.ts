import { expect, test } from "vitest";
import { dataMap } from "@/lib/data-map";
import { recordAsCsv, recordOfProcessing } from "./record";

const controller = { name: "Fellside Outdoor", contact: null };
const record = recordOfProcessing(dataMap, controller, new Date("2026-11-23T10:00:00Z"));

test("the record of processing has every entry of the data map, with what Art. 30 asks for", () => {
  const names = [...record.activities, ...record.withoutPersons].map(({ name }) => name);
  expect(names.sort()).toEqual(dataMap.map(({ name }) => name).sort());
  expect(record.controller.name.length).toBeGreaterThan(3);
  expect(record.measures.length).toBeGreaterThan(3);
  for (const { data, purpose, basis, retention, places } of record.activities) {
    for (const text of [data, purpose, basis, retention]) {
      expect(text.length).toBeGreaterThan(3);
    }
    expect(places.length).toBeGreaterThan(0);
  }
});

test("staff's own data is in it, and what is nobody's is told apart", () => {
  expect(record.activities.find(({ name }) => name === "Staff")).toMatchObject({ people: "staff" });
  expect(record.activities.find(({ name }) => name === "Message")).toMatchObject({
    people: "customers",
    places: ["Message"],
  });
  expect(record.withoutPersons.map(({ name }) => name)).toContain("Knowledge");
});

test("without a model and a mail server nobody outside is said to receive anything", () => {
  expect(record.recipients).toEqual([]);
  const told = record.activities.find(({ name }) => name === "Message")?.recipients.join();
  expect(told).toContain("nobody");
});

test("the CSV has one line an activity, and no cell that a spreadsheet works out", () => {
  const [first] = record.activities;
  const sly = { ...record, activities: first ? [{ ...first, data: '=1+1 "x"', name: "A,B" }] : [] };
  expect(recordAsCsv(sly).split("\r\n")[1]).toContain(`"A,B","customers","'=1+1 ""x"""`);
  expect(recordAsCsv(record).split("\r\n")).toHaveLength(record.activities.length + 2);
});
