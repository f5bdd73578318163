import { expect, test } from "vitest";
import { chosenFiles, pathOf, sendFile } from "./import-files";

const head = {
  path: "a.md",
  category: "Orders and delivery",
  locale: "en",
  audience: "public",
  publish: false,
} as const;

function inFolder(path: string): File {
  const file = new File(["x"], path.split("/").at(-1) ?? "");
  Object.defineProperty(file, "webkitRelativePath", { value: path });
  return file;
}

test("files come by the paths inside of their folder, and what is hidden stays", () => {
  const form = new FormData();
  form.append("files", new File(["x"], "b.md"));
  form.append("files", new File([], ""));
  const folder = [inFolder("help/z/a.md"), inFolder("help/.git/c.md"), inFolder("help/.d.md")];
  const files = chosenFiles(form).concat(folder.filter((file) => !/\/\./.test(pathOf(file))));
  expect(files.map(pathOf)).toContain("b.md");
  expect(pathOf(inFolder("help/z/a.md"))).toBe("z/a.md");
  expect(chosenFiles(form)).toHaveLength(1);
});

test("a file is sent with where it lies, and the answer says what became of it", async () => {
  const asked: Request[] = [];
  const answer = { path: "a.md", outcome: "same", articleId: crypto.randomUUID(), title: "A" };
  const result = await sendFile(new File(["text"], "a.md"), head, (address, init) => {
    asked.push(
      new Request(new URL(address, "http://shop.test"), { ...init, duplex: "half" } as RequestInit),
    );
    return Promise.resolve(Response.json(answer));
  });
  expect(result).toEqual(answer);
  expect(asked[0]?.method).toBe("PUT");
  expect(JSON.parse(decodeURIComponent(asked[0]?.headers.get("X-Article") ?? ""))).toEqual(head);
});

test("what goes wrong on the way is told like what is wrong with a file", async () => {
  const file = new File(["text"], "a.md");
  const refused = { ok: false, code: "rate_limited", message: "Please wait a moment." };
  expect(
    await sendFile(file, head, () => Promise.resolve(Response.json(refused, { status: 429 }))),
  ).toMatchObject({ outcome: "failed", why: "Please wait a moment." });
  expect(await sendFile(file, head, () => Promise.reject(new Error("gone")))).toMatchObject({
    outcome: "failed",
    why: "The server was not reached. Check the connection, and import it again.",
  });
  const large = new File([new Uint8Array(5_000_001)], "a.md");
  expect(
    await sendFile(large, head, () => Promise.reject(new Error("must not be asked"))),
  ).toMatchObject({ why: expect.stringContaining("larger than 5 MB") });
});
