import { expect, test } from "vitest";
import { makePdf } from "./pdf-for-tests";
import { readPage } from "./read-page";

const read = (path: string, text: string) =>
  readPage({ path, bytes: new TextEncoder().encode(text) });

test("a Markdown file is named by its first heading, which is not said twice", async () => {
  expect(await read("a/returns.md", "# Returning items\r\n\r\nSend them back.")).toMatchObject({
    title: "Returning items",
    body: "Send them back.",
  });
});

test("what stands between two lines of dashes counts more than a heading or a name", async () => {
  const page = await read(
    "x.md",
    '---\ntitle: "Returns"\ncategory: Returns and refunds\nlanguage: de\naudience: staff\n---\n# Intro\n\nText.',
  );
  expect(page).toEqual({
    title: "Returns",
    category: "Returns and refunds",
    language: "de",
    audience: "staff",
    body: "# Intro\n\nText.",
  });
});

test("a file without a heading is named by its name", async () => {
  expect((await read("help/delivery-times.md", "Two days.")).title).toBe("Delivery times");
});

test("a page of a site becomes Markdown without what runs, loads or leads around it", async () => {
  const page = await read(
    "page.html",
    `<!doctype html><html lang="de-CH"><head><title>Shop</title><script>alert(1)</script></head><body>
     <nav><a href="/">Home</a></nav>
     <main><h1>Send it <em>back</em></h1><script>alert(2)</script><p>Within <b>60 days</b>.</p>
     <img src="https://tracker.example/x.gif" onerror="alert(3)"><iframe src="https://evil.example"></iframe>
     <ul><li>Unworn</li><li><a href="https://shop.example/label">The label</a></li></ul>
     <p><a href="javascript:alert(4)">Press</a> &lt;b&gt;here&lt;/b&gt;</p>
     <table><tr><th>Land</th><th>Days</th></tr><tr><td>CH</td><td>2|3</td></tr></table></main>
     <footer>Imprint</footer></body></html>`,
  );
  expect(page.title).toBe("Send it _back_");
  expect(page.language).toBe("de");
  expect(page.body).toContain("Within **60 days**.");
  expect(page.body).toContain("[The label](https://shop.example/label)");
  expect(page.body).toContain("| Land | Days |\n| --- | --- |\n| CH | 2\\|3 |");
  for (const gone of ["alert", "tracker", "evil", "Home", "Imprint", "javascript", "onerror"]) {
    expect(page.body).not.toContain(gone);
  }
});

test("a page without a heading is named by its title", async () => {
  const page = await read(
    "x.html",
    "<title>Gift &amp; voucher</title><p>Valid for three years.</p>",
  );
  expect(page).toMatchObject({ title: "Gift & voucher", body: "Valid for three years." });
});

test("a PDF gives its text in paragraphs and its title", async () => {
  const bytes = makePdf(
    [["A tent has a warranty", "of five years.", "Keep the receipt."], ["Zips are repaired."]],
    "Warranty",
  );
  expect(await readPage({ path: "w.pdf", bytes })).toEqual({
    title: "Warranty",
    body: "A tent has a warranty of five years.\n\nKeep the receipt.\n\nZips are repaired.",
  });
});

test.each([
  ["an empty file", "x.md", new Uint8Array(), "empty"],
  ["a picture", "x.png", new Uint8Array([1]), "Only Markdown"],
  ["letters that are no UTF-8", "x.md", new Uint8Array([0xff, 0xfe, 0x41]), "Save it as UTF-8"],
  ["a damaged PDF", "x.pdf", new TextEncoder().encode("%PDF-1.4 nothing"), "damaged"],
  ["a PDF without text", "x.pdf", makePdf([[]]), "may be a scan"],
  ["a file that is too large", "x.md", new Uint8Array(5_000_001), "larger than 5 MB"],
])("%s is refused with a sentence that says why", async (_, path, bytes, why) => {
  await expect(readPage({ path, bytes })).rejects.toThrow(why);
});
