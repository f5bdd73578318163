import { factsOf, talk } from "./agent/facts-for-tests";
import { newCaller } from "./agent/testing";
import type { CustomerCaller } from "./auth/schema";
import { newStaff } from "./auth/store-for-tests";
import {
  addNote,
  findOwnConversation,
  handBack,
  rateMessage,
  requestPerson,
  revealValues,
  sendStaffMessage,
  takeOver,
} from "./conversation";
import { giveConsent } from "./customer";
import { dataMap } from "./data-map";
import { newId } from "./id";
import { jobHandlers } from "./job-handlers";
import { chooseStrategy } from "./memory";
import { openExport, openRequest, runExport } from "./privacy";
import { editSummary, findSummary } from "./summary";
import { unzip } from "./unzip-for-tests";

/** A person of whom every kind of data is there: a talk, facts, a colleague's part in it, a summary in two versions. */
export async function livedCustomer(wish = "quokkawool") {
  const caller = await newCaller();
  await giveConsent(caller.id, { memory: true });
  const { conversationId } = await talk(
    caller,
    `Hi, my name is Zebulon Quist and I prefer ${wish}. Write to zeb.quist@example.com.`,
    'Where is order 4711000? It says "soon" {1}.',
  );
  const lead = await newStaff("lead", "x");
  const staff = { ...lead, name: "Mara Lindqvist" };
  await requestPerson(caller, conversationId, "customer_asked");
  await takeOver(staff, conversationId);
  await sendStaffMessage(staff, { id: newId(), conversationId, text: "I look into it." });
  await addNote(staff, { id: newId(), conversationId, text: "Sounds annoyed." });
  await handBack(staff, conversationId);
  await revealValues(staff, conversationId, "data_request");
  await rate(caller, conversationId);
  await chooseStrategy(staff, { conversationId, strategy: "kg" });
  await jobHandlers.fold({ conversationId });
  await jobHandlers.summarize({ conversationId });
  const summary = await findSummary(staff, conversationId);
  if (!("version" in summary)) {
    throw new Error("There is no summary to edit");
  }
  const { version } = summary;
  await editSummary(staff, { conversationId, version, line: "Wants a tent", sentences: [] });
  return { caller, conversationId, lead, facts: await factsOf(caller) };
}

async function rate(caller: CustomerCaller, conversationId: string): Promise<void> {
  const found = await findOwnConversation(caller, conversationId);
  const answer = found?.messages.find(({ role }) => role === "assistant");
  await rateMessage(caller, answer?.id ?? "", -1);
}

/** A whole export of somebody as its owner downloads it: the ZIP, and its files as text. */
export async function exportOf(customerId: string) {
  const opened = { openedBy: "customer", openedById: customerId, reason: "asked_online" } as const;
  const { id } = await openRequest({ kind: "export", customerId, ...opened });
  await runExport(id, dataMap, {
    controller: { name: "Fellside", contact: "privacy@fellside.example" },
  });
  const { stream } = await openExport(id, { kind: "customer", id: customerId });
  const zip = Buffer.from(await new Response(stream).arrayBuffer());
  const files = filesOf(zip);
  const json = (name: string) => JSON.parse(files.get(name) ?? "null");
  return { requestId: id, zip, files, json };
}

/** The files of a ZIP as text. */
export function filesOf(zip: Buffer): Map<string, string> {
  return new Map([...unzip(zip)].map(([name, bytes]) => [name, bytes.toString("utf8")]));
}
