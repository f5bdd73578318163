import fc from "fast-check";
import { renderToStaticMarkup } from "react-dom/server";
import { expect, test } from "vitest";
import { Markdown } from "./markdown";

function draw(text: string, streaming = false): string {
  return renderToStaticMarkup(<Markdown text={text} streaming={streaming} />);
}

const TAGS =
  /^(div|section|p|br|strong|em|del|code|pre|blockquote|ul|ol|li|a|table|thead|tbody|tr|th|td|hr|span)$/;
const ATTRIBUTES = /^(class|href|target|rel|start|tabindex|role|aria-label)$/i;

/** Reads the tags as a browser would find them: text is escaped by React, so every "<" opens a tag. */
function expectHarmless(html: string): void {
  for (const [, name = "", rest = ""] of html.matchAll(/<\/?([a-z0-9]+)((?:\s+[^<>]*)?)\/?>/gi)) {
    expect(name).toMatch(TAGS);
    for (const [, attribute = "", value = ""] of rest.matchAll(/([a-z-]+)="([^"]*)"/gi)) {
      expect(attribute).toMatch(ATTRIBUTES);
      if (attribute === "href") {
        expect(value).toMatch(/^(https?:\/\/|mailto:|\/help\/)/);
      }
    }
  }
  expect(html.match(/</g)?.length).toBe(html.match(/<\/?[a-z0-9]+(?:\s[^<>]*)?\/?>/gi)?.length);
}

const hostile = [
  "<script>alert(1)</script>",
  "<img src=x onerror=alert(1)>",
  "![pixel](https://evil.example/p.png?d=1)",
  "![x][ref]\n\n[ref]: https://evil.example/x.png\n",
  "[click](javascript:alert(1))",
  "[click](JaVaScRiPt&colon;alert(1))",
  "[click](data:text/html;base64,PHN2Zz4=)",
  "[click](vbscript:x)",
  "[admin](/help/../admin)",
  "[there](//evil.example/help/x)",
  "[there](/\\evil.example/help/)",
  "[who](https://bank.example@evil.example/)",
  "<https://evil.example>",
  "<a href='javascript:1'>x</a>",
  "[article](/help/returns#refunds)",
  "[shop](https://shop.example/a?b=c)",
  "**bold** _it_ ~~gone~~ `code`\n",
  "```html\n<b>x</b>\n```\n",
  "\n| a | b |\n|---|--:|\n| 1 | 2 |\n",
  "\n- [x] done\n- [ ] open\n",
  "\n# Title\n\n> quote\n\n1. one\n2. two\n",
  "text[^1]\n\n[^1]: note\n",
  "mail me@shop.example now",
  "www.shop.example/a ",
  "\u202Eمرحبا 👩‍👩‍👧 \u0000",
];

test("every prefix of a hostile text is drawn harmlessly while it streams", () => {
  const text = fc
    .array(fc.oneof(fc.constantFrom(...hostile), fc.string({ maxLength: 12 })), { maxLength: 6 })
    .map((pieces) => pieces.join(" "));
  fc.assert(
    fc.property(text, fc.nat(), (whole, at) => {
      const cut = at % (whole.length + 1);
      expectHarmless(draw(whole.slice(0, cut), true));
      expectHarmless(draw(whole));
    }),
    { numRuns: 300 },
  );
});

test("each hostile piece is harmless at each of its cut points", () => {
  for (const piece of hostile) {
    for (let cut = 0; cut <= piece.length; cut += 1) {
      expectHarmless(draw(piece.slice(0, cut), true));
    }
  }
});

test("a link out shows its host, opens apart and passes nothing on", () => {
  const html = draw("[our shop](https://shop.example/a)");
  expect(html).toContain('href="https://shop.example/a"');
  expect(html).toContain('rel="noopener noreferrer nofollow"');
  expect(html).toContain('target="_blank"');
  expect(html).toContain("(shop.example)");
});

test("a link whose text names another place than its target shows the true host", () => {
  expect(draw("[https://bank.example](https://evil.example)")).toContain("(evil.example)");
});

test("an address written out does not say its host twice", () => {
  expect(draw("https://shop.example/a")).not.toContain("(shop.example)");
});

test("an article of ours is linked plainly", () => {
  const html = draw("[Returns](/help/returns#refunds)");
  expect(html).toContain('href="/help/returns#refunds"');
  expect(html).not.toContain("_blank");
});

test("a path that climbs out of the help pages is no link", () => {
  expect(draw("[x](/help/../admin)")).not.toContain("href");
  expect(draw("[x](//evil.example/help/x)")).not.toContain('href="/help');
});

test("markup that a person typed is shown as they typed it", () => {
  expect(draw("a <b>bold</b> move")).toContain("&lt;b&gt;bold&lt;/b&gt;");
});

test("an image is shown as its description and fetches nothing", () => {
  const html = draw("![a red tent](https://evil.example/p.png)");
  expect(html).toContain("a red tent");
  expect(html).not.toContain("evil.example");
});

test("an address at the end of a stream is not a link until it is known to be whole", () => {
  expect(draw("see https://example.co", true)).not.toContain("href");
  expect(draw("see https://example.co.", true)).not.toContain("href");
  expect(draw("see https://example.com for more", true)).toContain('href="https://example.com/"');
  expect(draw("[a](https://example.c", true)).not.toContain("href");
});

test("headings in a message leave the page's outline alone, and an article's go below its title", () => {
  expect(draw("# Loud")).not.toContain("<h1");
  expect(renderToStaticMarkup(<Markdown text={"# Part"} headings="sections" />)).toContain("<h2");
});

test("a task list keeps its marks", () => {
  expect(draw("- [x] done\n- [ ] open")).toMatch(/☑ done[\s\S]*☐ open/);
});
