declare const transaction: unique symbol;

/** A database transaction in progress. Opaque: rooms pass it on, only stores use it. */
export type Tx = { readonly [transaction]: true };
