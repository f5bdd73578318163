import { afterAll, beforeAll, expect, test, vi } from "vitest";
import { type Mailbox, openMailbox } from "@/e2e/support/mailbox";
import { newId } from "@/lib/id";

// The environment is read once, so the rooms are read anew in one that has a mail server.
async function use(url: string) {
  vi.stubEnv("SMTP_URL", url);
  vi.stubEnv("MAIL_FROM", "Fellside <help@fellside.example>");
  vi.stubEnv("PUBLIC_URL", "https://fellside.example");
  Reflect.deleteProperty(globalThis, Symbol.for("recollect.once"));
  vi.resetModules();
  return {
    ...(await import("./tell-person")),
    ...(await import("@/lib/customer")),
    ...(await import("@/lib/privacy")),
  };
}

let box: Mailbox;
let rooms: Awaited<ReturnType<typeof use>>;

beforeAll(async () => {
  box = await openMailbox();
  rooms = await use(box.url);
});

afterAll(async () => {
  await box.stop();
  vi.unstubAllEnvs();
});

async function ask(customerId: string): Promise<string> {
  const opened = { openedBy: "customer", openedById: customerId, reason: "asked_online" } as const;
  const known = "code_to_come" as const;
  return (await rooms.openRequest({ kind: "export", customerId, ...opened, known })).id;
}

test("a code goes to the person's mail, and news says only where to read it", async () => {
  const email = `${newId()}@customer.example`;
  const { id } = await rooms.registerCustomer(null, { email, name: "Ada Brook" });
  const requestId = await ask(id);
  expect(await rooms.isMailed(id)).toBe(true);
  await rooms.mailCode(requestId);
  const code = (await rooms.findRequestCode(requestId))?.code ?? "";
  expect(box.mails.at(-1)).toMatchObject({ to: [email] });
  expect(box.mails.at(-1)?.text).toContain(`privacy page: ${code}`);
  await rooms.confirmRequest(id, requestId, code);
  await rooms.mailCode(requestId);
  expect(box.mails).toHaveLength(1);
  await rooms.refuseRequest({ id: newId() }, requestId, "unfounded");
  await rooms.mailNews(requestId);
  const news = box.mails.at(-1);
  expect(news?.text).toContain("https://fellside.example/privacy#requests");
  for (const word of ["Ada", "unfounded", "refuse", "copy", requestId]) {
    expect(news?.raw).not.toContain(word);
  }
});

test("who left no address is written to by nobody, and reads it where they are", async () => {
  const { id } = await rooms.createGuest();
  const requestId = await ask(id);
  const before = box.mails.length;
  expect(await rooms.isMailed(id)).toBe(false);
  await rooms.mailCode(requestId);
  await rooms.mailNews(requestId);
  expect(box.mails).toHaveLength(before);
});
