import { mkdir, mkdtemp, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { expect, test } from "vitest";
import { newId } from "@/lib/id";
import { findArticle, findArticleById, importPage } from "@/lib/knowledge";
import { importFolder } from "@/scripts/import/import-folder";
import { makePdf } from "./pdf-for-tests";
import { ImportOptions } from "./schema";

const admin = { id: newId() };
const usual = ImportOptions.parse({});

function page(text: string, name = `page-${newId()}`) {
  return { path: `${name}.md`, bytes: new TextEncoder().encode(text) };
}

test("a file becomes a draft, and is published only where that is asked", async () => {
  const draft = page("# On waxing\n\nWax it twice a year, and let it dry.");
  const result = await importPage(admin, draft, usual);
  expect(result).toMatchObject({ outcome: "new", title: "On waxing" });
  const slug = draft.path.replace(".md", "");
  expect(await findArticle(slug)).toBeNull();
  await importPage(admin, draft, { ...usual, publish: true });
  expect(await findArticle(slug)).toMatchObject({ title: "On waxing" });
});

test("a file that is imported again becomes a version, and none where nothing changed", async () => {
  const first = page("# On waxing\n\nWax it twice a year, and let it dry.");
  const result = await importPage(admin, first, usual);
  expect((await importPage(admin, first, usual)).outcome).toBe("same");
  const edited = page(
    "# On waxing\n\nWax it once a year, and let it dry.",
    first.path.slice(0, -3),
  );
  expect(await importPage(admin, edited, usual)).toMatchObject({ outcome: "changed" });
  const article = await findArticleById("articleId" in result ? result.articleId : "");
  expect(article?.versions.map(({ version }) => version)).toEqual([2, 1]);
});

test("what a file says of itself counts more than what was chosen for all", async () => {
  const file = page(
    "---\ntitle: Hausmeister\nlanguage: de\naudience: staff\n---\nNur für das Team, und für niemanden sonst.",
  );
  const result = await importPage(admin, file, { ...usual, audience: "public" });
  const article = await findArticleById("articleId" in result ? result.articleId : "");
  expect(article).toMatchObject({ locale: "de", audience: "staff" });
});

test("a folder goes in with all below it; what cannot be read is named, and the rest is there", async () => {
  const folder = await mkdtemp(path.join(tmpdir(), "articles-"));
  const mark = newId();
  await mkdir(path.join(folder, mark, "deep"), { recursive: true });
  const write = (name: string, text: string | Uint8Array) =>
    writeFile(path.join(folder, mark, name), text);
  await write("good.md", "# Good page\n\nThis one can be read by everybody.");
  await write("deep/pdf.pdf", makePdf([["This one is a PDF with enough words."]]));
  await write("page.html", "<h1>A site's page</h1><p>With enough words to be kept.</p>");
  await write("bad.pdf", "no PDF at all");
  await write("short.md", "# Short\n\nToo little.");
  await write("photo.png", "x");
  await write(".hidden.md", "# Hidden\n\nThis one is hidden and stays so.");
  const steps: [number, number, number][] = [];
  const results = await importFolder("system", folder, usual, (...step) => steps.push(step));
  const failed = results.filter((result) => result.outcome === "failed");
  expect(failed.map(({ path: name }) => name.replace(`${mark}/`, ""))).toEqual([
    "bad.pdf",
    "photo.png",
    "short.md",
  ]);
  expect(failed.map(({ why }) => why).join()).toMatch(/no PDF.*Only Markdown.*too short/s);
  expect(results.filter(({ outcome }) => outcome === "new")).toHaveLength(3);
  expect(steps.at(-1)).toEqual([6, 6, 3]);
});
