import { afterAll, beforeAll, expect, test } from "vitest";
import { startWarehouse } from "@/e2e/mcp-server";
import { type ModelServer, startModelServer } from "@/e2e/model-server";
import { claimTurn, confirmProposal } from "@/lib/conversation";
import { findCustomerByEmail, registerCustomer } from "@/lib/customer";
import { newId } from "@/lib/id";
import {
  addConnector,
  askConnected,
  chooseTools,
  listConnectedTools,
  listConnectors,
  removeConnector,
  testConnector,
} from "@/lib/shop";
import { NewConnector } from "@/lib/shop/schema";
import { carryOut } from "./agent/carry-out";
import { newCaller, say, scripted, testLimits } from "./agent/testing";
import { runTurn } from "./agent/turn";
import { newLead } from "./conversation/store-for-tests";
import { onlyProposal } from "./proposal-for-tests";
import { readConnectorRow } from "./shop/store-for-tests";

const SECRET = "a key that nobody sees again";
let model: ModelServer;

beforeAll(async () => {
  model = await startModelServer();
});
afterAll(() => model.close());

/** A warehouse that an admin has connected under a name of this test, with both of its honest tools allowed. */
async function connected() {
  const warehouse = await startWarehouse(SECRET);
  const admin = await newLead("Ines", "admin");
  const name = `w${newId().replaceAll("-", "").slice(-12)}`;
  const given = { name, kind: "mcp_http", address: warehouse.url, secret: SECRET };
  await addConnector(admin, NewConnector.parse({ ...given, callerArgument: "customer_email" }));
  const found = (await listConnectors()).find((each) => each.name === name);
  const id = found?.id ?? "";
  await chooseTools(admin, id, {
    allowed: ["find_parcel", "open_claim"],
    effects: ["open_claim"],
  });
  return { warehouse, admin, name, id, found };
}

async function signedIn() {
  const email = `${newId()}@example.com`;
  await registerCustomer(null, { email, name: "Ada Holm" });
  const known = await findCustomerByEmail(email);
  return { email, caller: { ...(await newCaller()), id: known?.id ?? "", registered: true } };
}

test("what is connected shows its tools and never its secret, and offers nothing before it is allowed", async () => {
  const { found, id, name, admin, warehouse } = await connected();
  expect(found).toMatchObject({ state: "up", hasSecret: true });
  expect(found?.tools.every(({ allowed }) => !allowed)).toBe(true);
  expect(JSON.stringify(await listConnectors())).not.toContain(SECRET);
  expect(JSON.stringify(await readConnectorRow(id))).not.toContain(SECRET);
  const mine = (await listConnectedTools()).filter(({ connector }) => connector === name);
  expect(mine.map((tool) => tool.name)).toEqual([`${name}__find_parcel`, `${name}__open_claim`]);
  expect(JSON.stringify(mine)).not.toContain("customer_email");
  await testConnector(admin, id);
  const again = (await listConnectedTools()).filter(({ connector }) => connector === name);
  expect(again).toHaveLength(2);
  await removeConnector(admin, id);
  expect((await listConnectedTools()).some(({ connector }) => connector === name)).toBe(false);
  await expect(removeConnector(admin, id)).rejects.toMatchObject({ code: "not_found" });
  warehouse.close();
});

test("a model looks something up at once and is shown a card for a change, which the customer confirms", async () => {
  const { warehouse, name } = await connected();
  const { caller, email } = await signedIn();
  const script = `k${newId()}`;
  const toolCalls = [
    { name: `${name}__find_parcel`, args: { parcel: "P-5" } },
    { name: `${name}__open_claim`, args: { parcel: "P-5", customer_email: "evil@example.com" } },
  ];
  model.script({ steps: [{ toolCalls }, { text: "Please confirm." }] }, script);
  const conversationId = newId();
  const options = { endpoint: scripted(model.of(script)), limits: testLimits };
  await say(caller, conversationId, "My parcel is lost", options);
  const told = JSON.stringify(model.requests(script)[1]?.messages);
  expect(told).toContain("shelf 9");
  expect(told).toContain("Nothing has been done");
  expect(warehouse.heard.map(({ tool }) => tool)).toEqual(["find_parcel"]);
  const proposal = await onlyProposal(caller, conversationId);
  expect(proposal.card.title).toBe(`Open claim (${name})`);
  await confirmProposal(caller, proposal.id);
  const turnId = await carryOut(proposal.id, { runnerId: newId() });
  expect(warehouse.heard.at(-1)).toEqual({
    tool: "open_claim",
    args: { parcel: "P-5", customer_email: email },
  });
  model.script({ steps: [{ text: "Claim 77 is open." }] }, script);
  const turn = turnId && (await claimTurn(newId(), turnId));
  expect(turn && (await runTurn(turn, options)).outcome).toBe("done");
  expect(JSON.stringify(model.requests(script)[2]?.messages.slice(-2))).toContain("Claim 77");
  warehouse.close();
});

test("a guest is asked to sign in where a tool is about who asks", async () => {
  const { warehouse, name } = await connected();
  const call = { connector: name, tool: "open_claim", args: { parcel: "P-6" } };
  expect(await askConnected(await newCaller(), call)).toEqual({
    error: expect.stringContaining("sign in"),
  });
  expect(warehouse.heard).toEqual([]);
  warehouse.close();
});

test("a connected system that is down costs a sentence, and the answer comes all the same", async () => {
  const { warehouse, name, admin, id } = await connected();
  warehouse.close();
  const script = `k${newId()}`;
  const toolCalls = [{ name: `${name}__find_parcel`, args: { parcel: "P-7" } }];
  model.script({ steps: [{ toolCalls }, { text: "I cannot see it now." }] }, script);
  const options = { endpoint: scripted(model.of(script)), limits: testLimits };
  const { answer } = await say(await newCaller(), newId(), "Where is my parcel?", options);
  expect(answer).toBe("I cannot see it now.");
  expect(JSON.stringify(model.requests(script)[1]?.messages)).toContain("cannot be reached");
  expect(await testConnector(admin, id)).toBe("unreachable");
});

test("a program that no operator named, a strange address and a name that is taken are refused", async () => {
  const { warehouse, admin, name } = await connected();
  const add = async (given: object) =>
    await addConnector(admin, NewConnector.parse({ name: "other", kind: "mcp_http", ...given }));
  const refused = (code: string) => expect.objectContaining({ code });
  await expect(add({ kind: "mcp_command", address: "/bin/sh -c id" })).rejects.toEqual(
    refused("connector_address"),
  );
  await expect(add({ address: "file:///etc/passwd" })).rejects.toEqual(
    refused("connector_address"),
  );
  await expect(add({ name, address: warehouse.url })).rejects.toEqual(refused("connector_taken"));
  warehouse.close();
});
