import Link from "next/link";
import ReactMarkdown, { type Components, type Options } from "react-markdown";
import rehypeSanitize from "rehype-sanitize";
import remarkGfm from "remark-gfm";
import { readLink } from "./markdown-link";
import { plainOnly, unfinishedLinks } from "./markdown-plain";
import { Prose } from "./prose";

type MarkdownProps = {
  text: string;
  /** The text is still being written: an address at its very end is not a link yet, because it may go on. */
  streaming?: boolean;
  /** `plain` for a message (no outline of its own), `sections` for an article below an h1. */
  headings?: "plain" | "sections";
  className?: string;
};

const headingNames = ["h1", "h2", "h3", "h4", "h5", "h6"] as const;

/** All that may reach the page. No HTML, no images, no classes, no ids. */
const allowed: NonNullable<Parameters<typeof rehypeSanitize>[0]> = {
  tagNames: [
    ...["p", "br", "strong", "em", "del", "code", "pre", "blockquote", "hr", "a"],
    ...["ul", "ol", "li", "table", "thead", "tbody", "tr", "th", "td"],
    ...headingNames,
  ],
  attributes: { a: ["href"], ol: ["start"] },
  protocols: { href: ["http", "https", "mailto"] },
  strip: ["script", "style"],
};

/**
 * Markdown from a model, a customer or an article, drawn from an allow-list. Every prefix of a text is as
 * safe as the whole, so it can be drawn while it streams.
 */
export function Markdown({ text, streaming, headings = "plain", className }: MarkdownProps) {
  const remarkPlugins: Options["remarkPlugins"] = [remarkGfm, plainOnly];
  if (streaming) {
    remarkPlugins.push([unfinishedLinks, text]);
  }
  return (
    <Prose {...(className ? { className } : {})}>
      <ReactMarkdown
        remarkPlugins={remarkPlugins}
        rehypePlugins={[[rehypeSanitize, allowed]]}
        urlTransform={keepUrl}
        components={headings === "sections" ? sectionParts : messageParts}
      >
        {text}
      </ReactMarkdown>
    </Prose>
  );
}

/** Addresses are judged once, in `readLink`, where they are drawn. */
function keepUrl(url: string): string {
  return url;
}

const parts: Components = {
  a: ({ href, children, node }) => {
    const link = readLink(href, node);
    if (link.kind === "none") {
      return <>{children}</>;
    }
    if (link.kind === "help") {
      return <Link href={link.href}>{children}</Link>;
    }
    const isMail = link.href.startsWith("mailto:");
    return (
      <>
        <a
          href={link.href}
          rel="noopener noreferrer nofollow"
          {...(isMail ? {} : { target: "_blank" })}
        >
          {children}
          {isMail ? null : <span className="sr-only"> (opens in a new tab)</span>}
        </a>
        {link.shown ? <span className="text-muted text-xs"> ({link.shown})</span> : null}
      </>
    );
  },
  // Wide things scroll in their own box, which the keyboard can reach.
  pre: ({ children }) => (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a scrolling box must be reachable by keyboard.
    <pre tabIndex={0}>{children}</pre>
  ),
  table: ({ children }) => (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a scrolling box must be reachable by keyboard.
    <section className="overflow-x-auto" aria-label="Table" tabIndex={0}>
      <table>{children}</table>
    </section>
  ),
};

const messageParts: Components = { ...parts };
const sectionParts: Components = { ...parts };
for (const [index, name] of headingNames.entries()) {
  // Below the page's h1 writers begin with # or ##, and a reader by headings must miss no level.
  const Section = headingNames[Math.max(index, 1)] ?? "h6";
  messageParts[name] = ({ children }) => <p className="font-semibold">{children}</p>;
  sectionParts[name] = ({ children }) => <Section>{children}</Section>;
}
