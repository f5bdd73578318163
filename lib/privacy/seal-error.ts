/** A sealed value that does not open: moved, changed, cut, or under another key. Says where, never what. */
export class SealError extends Error {
  override readonly name = "SealError";
}
