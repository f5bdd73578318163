/** Why a page cannot be imported, as a sentence that says what to do. */
export class PageFault extends Error {
  override readonly name = "PageFault";
}
