import { afterAll, beforeAll, expect, test } from "vitest";
import { listen, startWarehouse } from "@/e2e/mcp-server";
import { ConnectorFault, isConnectable, isForbiddenAddress, limitedFetch } from "./limited-fetch";
import { callMcpTool, listMcpTools, type McpServer } from "./mcp";

const SECRET = "a warehouse key";
let warehouse: Awaited<ReturnType<typeof startWarehouse>>;

beforeAll(async () => {
  warehouse = await startWarehouse(SECRET);
});
afterAll(() => warehouse.close());

const at = (address: string, secret: string | null = SECRET): McpServer => ({
  kind: "mcp_http",
  address,
  secret,
});

async function faultOf(work: Promise<unknown>): Promise<string> {
  const error = await work.then(() => null).catch((reason: unknown) => reason);
  return error instanceof ConnectorFault ? error.code : String(error);
}

test("a server's tools are listed, none of them allowed, and all that do not only read as effects", async () => {
  const tools = await listMcpTools(at(warehouse.url));
  expect(tools.map(({ name, allowed, effect }) => [name, allowed, effect])).toEqual([
    ["find_parcel", false, false],
    ["open_claim", false, true],
    ["huge", false, true],
    ["no", false, true],
  ]);
  expect(tools[0]?.schema["properties"]).toHaveProperty("parcel");
});

test("a tool is called and its words come back; one that refuses says why", async () => {
  const call = { name: "find_parcel", args: { parcel: "P-1" } };
  expect(await callMcpTool(at(warehouse.url), call)).toEqual({
    text: "Parcel P-1 lies in shelf 9.",
    refused: false,
  });
  expect(await callMcpTool(at(warehouse.url), { name: "no", args: {} })).toEqual({
    text: "There is no such parcel.",
    refused: true,
  });
});

test("the same server as a program is asked over its standard input", async () => {
  const file = new URL("../../e2e/mcp-server/program.ts", import.meta.url).pathname;
  const tsx = import.meta.resolve("tsx");
  const address = `${process.execPath} --import=${tsx} ${file}`;
  const server: McpServer = { kind: "mcp_command", address, secret: null };
  const call = { name: "find_parcel", args: { parcel: "P-2" } };
  expect((await callMcpTool(server, call)).text).toContain("shelf 9");
}, 60_000);

test("down, wrong secret, nonsense, too much and a way out are each told apart", async () => {
  const list = (address: string, secret?: string) => faultOf(listMcpTools(at(address, secret)));
  const gone = await listen(() => undefined);
  gone.close();
  expect(await list(gone.url)).toBe("unreachable");
  expect(await list(warehouse.url, "another")).toBe("refused");
  const page = await listen((_, response) => response.end("<html>Welcome</html>"));
  expect(await list(page.url)).toBe("nonsense");
  page.close();
  const away = await listen((_, response) =>
    response.writeHead(307, { location: "http://169.254.169.254/" }).end(),
  );
  expect(await list(away.url)).toBe("forbidden_address");
  away.close();
  expect(await list("http://169.254.169.254/latest/meta-data")).toBe("forbidden_address");
  const huge = callMcpTool(at(warehouse.url), { name: "huge", args: {} });
  expect(await faultOf(huge)).toBe("oversized");
  const program: McpServer = { kind: "mcp_command", address: "/no/such/program", secret: null };
  expect(await faultOf(listMcpTools(program))).toBe("unreachable");
}, 60_000);

test("one that never answers is given up", async () => {
  const silent = await listen(() => undefined);
  expect(await faultOf(listMcpTools({ ...at(silent.url), patienceMs: 300 }))).toBe("slow");
  silent.close();
}, 60_000);

test("only addresses of the web can be asked, and never a machine's own metadata", async () => {
  for (const address of ["file:///etc/passwd", "ftp://x.example", "http://a:b@x.example", "x"]) {
    expect(isConnectable(address)).toBe(false);
  }
  for (const address of [
    "169.254.169.254",
    "::ffff:169.254.169.254",
    "0.0.0.0",
    "fe80::1",
    "ff02::1",
    "224.0.0.1",
  ]) {
    expect(isForbiddenAddress(address)).toBe(true);
  }
  for (const address of ["10.0.0.7", "192.168.1.4", "93.184.216.34", "::1"]) {
    expect(isForbiddenAddress(address)).toBe(false);
  }
  await expect(limitedFetch("http://[fe80::1]/")).rejects.toThrow("forbidden_address");
});
