import { renderToStaticMarkup } from "react-dom/server";
import { expect, test } from "vitest";
import { ImportReport } from "@/components/admin/import-report";
import { Sources } from "@/components/chat/sources";
import type { Source } from "@/lib/conversation/schema";
import { ArticleUseLists } from "./article-use";

const article = (title: string, cited: number) => ({
  id: title,
  slug: title.toLowerCase(),
  title,
  category: "Products and sizes",
  cited,
});

test("articles that answers named stand with their count, the others as never used", () => {
  const html = renderToStaticMarkup(
    <ArticleUseLists articles={[article("Returns", 1234), article("Waxing", 0)]} days={90} />,
  );
  const [used = "", unused = ""] = html.split("Never used");
  expect(used).toContain("Returns");
  expect(used).toContain("1,234");
  expect(used).not.toContain("Waxing");
  expect(unused).toContain("Waxing");
});

test("an import's report names what failed with the reason, before what went in", () => {
  const html = renderToStaticMarkup(
    <ImportReport
      results={[
        { path: "a.md", outcome: "new", articleId: crypto.randomUUID(), title: "On waxing" },
        { path: "b.pdf", outcome: "failed", why: "It is damaged." },
      ]}
    />,
  );
  expect(html).toContain("1 file failed");
  expect(html.indexOf("It is damaged.")).toBeLessThan(html.indexOf("On waxing"));
});

test("a source is a link to its page also where no script runs, and says that it opens here where it can", () => {
  const plain: Source = { kind: "article", id: "1", title: "Returns", href: "/help/returns" };
  const cited: Source = { ...plain, cited: { version: 1, ordinals: [0] } };
  expect(renderToStaticMarkup(<Sources sources={[plain]} />)).toContain("opens in a new tab");
  const html = renderToStaticMarkup(<Sources sources={[cited]} />);
  expect(html).toContain('href="/help/returns"');
  expect(html).toContain('aria-haspopup="dialog"');
  expect(html).not.toContain("opens in a new tab");
});
