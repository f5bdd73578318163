/** "(3) Inbox": the title with how many wait before it, and without when nobody does. */
export function countedTitle(title: string, waiting: number): string {
  const bare = title.replace(/^\(\d+\) /, "");
  return waiting > 0 ? `(${waiting}) ${bare}` : bare;
}
