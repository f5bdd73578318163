import { afterAll, beforeAll, beforeEach, expect, test, vi } from "vitest";
import { type Mailbox, openMailbox } from "@/e2e/support/mailbox";
import { makePost } from "./post";
import { replyMail } from "./reply-mail";
import type { Mail } from "./schema";

const ADDRESS = "ada@example.com";
const mail: Mail = { to: ADDRESS, subject: "An answer", text: "Read it.", html: "<p>Read it.</p>" };
const from = "Fellside <help@fellside.example>";

let box: Mailbox;
const open = (url: string | undefined = box.url) => makePost({ url, from });

beforeAll(async () => {
  box = await openMailbox();
});

beforeEach(() => {
  box.behave("accept");
  box.mails.length = 0;
});

afterAll(() => box.stop());

test("a mail reaches the server, plain and as HTML, from the shop's address to the one that was left", async () => {
  const post = open();
  expect(post.state()).toMatchObject({ configured: true });
  expect(await post.send(mail)).toBe("sent");
  expect(box.mails).toMatchObject([{ from: "help@fellside.example", to: [ADDRESS] }]);
  expect(box.mails[0]?.raw).toContain("text/plain");
  expect(box.mails[0]?.raw).toContain("text/html");
  expect(box.mails[0]?.raw).toMatch(/^Auto-Submitted: auto-generated/m);
  expect(post.state().state).toBe("up");
});

test("an address that the server knows nobody for is refused for good, and the server counts as up", async () => {
  const post = open();
  box.behave("refuse");
  expect(await post.send(mail)).toBe("refused");
  expect(post.state().state).toBe("up");
});

test("a server out of order fails the job with a code and without the address, and is down until it is back", async () => {
  const post = open();
  box.behave("broken");
  const failure: unknown = await post.send(mail).catch((error: unknown) => error);
  expect(failure).toMatchObject({ name: "MailFailed" });
  expect(failure).not.toHaveProperty("cause");
  expect(String(failure)).toContain("451");
  expect(String(failure)).not.toContain(ADDRESS);
  expect(post.state().state).toBe("down");
  box.behave("accept");
  expect(await post.send(mail)).toBe("sent");
  expect(post.state().state).toBe("up");
});

test("a server that says nothing is given up, and so is one that is not there", async () => {
  const times = {
    dnsTimeout: 200,
    connectionTimeout: 200,
    greetingTimeout: 200,
    socketTimeout: 400,
  };
  box.behave("silent");
  const failed = { name: "MailFailed" };
  await expect(makePost({ url: box.url, from, times }).send(mail)).rejects.toMatchObject(failed);
  await expect(open("smtp://127.0.0.1:9").send(mail)).rejects.toMatchObject(failed);
});

test("a password is not said to a server that cannot encrypt", async () => {
  const { port } = new URL(box.url);
  const post = open(`smtp://ada:secret@127.0.0.1:${port}`);
  await expect(post.send(mail)).rejects.toMatchObject({ name: "MailFailed" });
  expect(box.mails).toEqual([]);
});

test("who looks at the state twice sees the present, though nothing was sent", async () => {
  const there = open();
  const nowhere = open("smtp://127.0.0.1:9");
  expect([there.state().state, nowhere.state().state]).toEqual(["unknown", "unknown"]);
  await vi.waitFor(() =>
    expect([there.state().state, nowhere.state().state]).toEqual(["up", "down"]),
  );
});

test("without a server nothing is sent, and it is said so", async () => {
  const post = makePost({ url: undefined, from });
  expect(post.state()).toMatchObject({ configured: false, state: "unknown" });
  await expect(post.send(mail)).rejects.toMatchObject({ name: "MailFailed" });
});

test("an address with a line of its own adds no recipient and no header", async () => {
  const to = "ada@example.com\r\nBcc: eve@example.com";
  await open()
    .send({ ...mail, to })
    .catch(() => null);
  expect(box.mails.flatMap((each) => each.to)).not.toContain("eve@example.com");
  expect(box.mails.map(({ raw }) => raw).join("\n")).not.toMatch(/^Bcc:/m);
});

test("what announces an answer holds the link and nothing of the conversation", () => {
  const link = "https://fellside.example/reply/abc_DEF-123";
  const { subject, text, html } = replyMail({ shop: "Fell & Side", link, days: 7 });
  expect(subject).toBe("An answer from Fell & Side");
  expect(text).toContain(`\n${link}\n`);
  expect(html).toContain(`href="${link}"`);
  expect(html).toContain("Fell &amp; Side");
});
