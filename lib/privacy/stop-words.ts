/** Words that every text holds and nobody searches for. */
export const STOP_WORDS: ReadonlySet<string> = new Set(
  (
    "a an the and or but if then so as of at by for with about into to from in on off over under is am are was were " +
    "be been being do does did doing have has had having i me my we our ours you your yours he him his she her it its " +
    "they them their this that these those what which who whom there here when where why how all any both each few more " +
    "most other some such no nor not only own same than too very can will would should could just don't i'm it's i've " +
    "you're that's hi hello please thanks thank"
  ).split(" "),
);
