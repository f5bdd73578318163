/** What a file says of itself. Category, language and readers are as written there, and may be none of ours. */
export type PageText = {
  title: string;
  body: string;
  category?: string | undefined;
  language?: string | undefined;
  audience?: string | undefined;
};

/** "delivery-times.md" is about "Delivery times". */
export function titleOfName(name: string): string {
  const words = name
    .replace(/^.*\//, "")
    .replace(/\.[^.]*$/, "")
    .replaceAll(/[-_\s]+/g, " ")
    .trim();
  return words.charAt(0).toUpperCase() + words.slice(1);
}
