/**
 * Whether what a turn answers was stored in the end. Of one that was not, nothing is kept: its message was refused, and
 * whoever sent it was told.
 */
export async function isKept({ committed }: { committed: Promise<void> }): Promise<boolean> {
  return await committed.then(
    () => true,
    () => false,
  );
}
