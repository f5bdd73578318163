import { expect, test } from "vitest";
import { dataMap } from "@/lib/data-map";
import { newId } from "@/lib/id";
import { isAnswerOpen, makeAnswerLink, openAnswer, openRequest, runExport } from "./index";
import { makeKnownCustomer } from "./store-fixture";

const admin = { kind: "staff", id: newId(), role: "admin" } as const;
const opened = { openedBy: "staff", openedById: admin.id, reason: "asked_by_mail" } as const;

async function finished(): Promise<string> {
  const { id: customerId } = await makeKnownCustomer();
  const { id } = await openRequest({ kind: "export", customerId, ...opened });
  await runExport(id, dataMap);
  return id;
}

test("an answer opens by link and code together, once", async () => {
  const { token, code } = await makeAnswerLink(admin, await finished());
  expect(await isAnswerOpen(token)).toBe(true);
  const both = await Promise.allSettled([openAnswer(token, code), openAnswer(token, code)]);
  expect(both.map(({ status }) => status).sort()).toEqual(["fulfilled", "rejected"]);
  const answer = both.find((each) => each.status === "fulfilled")?.value;
  expect(answer?.bytes).toBeGreaterThan(100);
  await answer?.stream.cancel();
  expect(await isAnswerOpen(token)).toBe(false);
  await expect(openAnswer(token, code)).rejects.toMatchObject({ code: "link_over" });
});

test("a wrong code is counted, and the fifth ends the link for the right one too", async () => {
  const { token, code } = await makeAnswerLink(admin, await finished());
  const wrong = code === "00000000" ? "00000001" : "00000000";
  for (let tries = 0; tries < 5; tries += 1) {
    await expect(openAnswer(token, wrong)).rejects.toMatchObject({ code: "code_wrong" });
  }
  await expect(openAnswer(token, code)).rejects.toMatchObject({ code: "link_over" });
});

test("a link is over with its file, with a newer link, and was never there for a made-up token", async () => {
  const requestId = await finished();
  const first = await makeAnswerLink(admin, requestId);
  const second = await makeAnswerLink(admin, requestId);
  const over = { code: "link_over" };
  await expect(openAnswer(first.token, first.code)).rejects.toMatchObject(over);
  await expect(openAnswer("x".repeat(43), second.code)).rejects.toMatchObject(over);
  const later = new Date(Date.parse(second.expiresAt) + 1);
  await expect(openAnswer(second.token, second.code, later)).rejects.toMatchObject(over);
  expect(await isAnswerOpen(second.token, later)).toBe(false);
});

test("there is no link before there is a file", async () => {
  const { id: customerId } = await makeKnownCustomer();
  const { id } = await openRequest({ kind: "export", customerId, ...opened });
  await expect(makeAnswerLink(admin, id)).rejects.toMatchObject({ code: "request_state" });
  await expect(makeAnswerLink(admin, newId())).rejects.toMatchObject({ code: "not_found" });
});
