/** Every refusal a person can meet. The key is the code; the sentence is what they read: what happened and what to do. */
export const refusals = {
  input_invalid: "Something in that form could not be read. Please check it and send it again.",
  message_empty: "There is nothing to send yet. Write a message first.",
  message_too_long:
    "That message is over 8,000 characters. Please shorten it, or send it in parts.",
  message_id_reused:
    "This message was already sent with another text. Please reload the page and try again.",
  consent_missing: "Please read and accept how this chat works before your first message.",
  consent_changed:
    "These words have changed since you opened this page. Please read them and agree again.",
  session_missing: "Please sign in to continue.",
  sign_in_failed: "That e-mail and password do not match. Please check both and try again.",
  sign_in_throttled: "Too many tries. Please wait a few minutes, then try again.",
  email_taken: "That e-mail cannot be registered. If it is yours, sign in instead.",
  password_weak: "Please choose a password of at least 10 characters.",
  password_wrong: "The current password is not right. Please try again.",
  invite_invalid: "This link was used already or has expired. Please ask for a new one.",
  link_used: "This link was used already or has expired. Your conversation is still there.",
  last_admin: "This is the last active admin. Make somebody else an admin first.",
  forbidden: "Your role does not allow that. Ask an admin if you need it.",
  not_found: "We could not find that. It may have been deleted, or the link may be wrong.",
  conversation_closed: "This conversation is closed. Please start a new one.",
  conversation_busy:
    "Something that you confirmed in this conversation is being carried out. Please try again in a minute.",
  conversation_held:
    "We have to keep this conversation for now, for a legal claim or a duty of ours. Ask for erasure on the privacy page, and we answer you about it.",
  conversation_owned: "A colleague owns this conversation. Take it over first.",
  conversation_stale: "This conversation has changed since you loaded it. Reload and try again.",
  fact_refused:
    "That is not kept: only something about yourself, in a few words, and no instruction to the assistant.",
  proposal_expired: "This has expired, and nothing was done. Ask again if you still want it.",
  proposal_declined:
    "This is no longer open, and nothing was done. Ask again if you still want it.",
  proposal_confirmed: "You have confirmed this already, so it is carried out.",
  processing_restricted:
    "This data is restricted at its owner’s wish, so nothing new is processed. The owner can lift that on the privacy page.",
  customer_unknown:
    "No customer is known by that. Check the e-mail, order number or customer id; all of it has to match.",
  code_wrong: "That is not the code. Please check its six digits and type them again.",
  code_over: "This code does not work any more. Ask for a new one below.",
  link_over: "This link does not work any more. Ask whoever sent it for a new one.",
  second_admin:
    "You have opened this erasure yourself, so another admin has to approve it. They find it under Requests.",
  extension_late:
    "The first month is over, and more time has to be told within it. Please answer the request now.",
  request_state: "This request can no longer be changed that way. Reload to see where it stands.",
  export_expired: "This download has expired. Please ask for a new one.",
  key_missing: "This record is gone: it was erased.",
  key_unavailable:
    "We cannot open your data right now. Nothing is lost, and the operators have been told. Please try again later.",
  retention_unchanged: "These are the days that hold already. Change one of them first.",
  retention_stale:
    "The rules have changed since you loaded this page. Reload to see how they stand, then try again.",
  hold_stands: "This is held already. You can see it in the list of holds.",
  article_stale:
    "Somebody has saved this article since you opened it. Reload to see their version, then try again.",
  connector_taken: "A connector has this name already. Please choose another.",
  connector_address:
    "That cannot be connected: an address begins with https:// or http://, and a program must be named in CONNECTOR_COMMANDS.",
  slug_taken: "Another article has this address already. Please choose a different one.",
  rate_limited: "That was faster than we can answer. Please wait a moment and try again.",
  restarting: "This server is being restarted. Nothing was lost; please try again in a moment.",
  unavailable: "Something went wrong on our side. Nothing was lost. Please try again.",
} as const;

export type RefusalCode = keyof typeof refusals;

/** An expected refusal: thrown anywhere in lib, turned into a Result once, in action.ts. */
export class Refusal extends Error {
  override readonly name = "Refusal";
  readonly code: RefusalCode;
  /** Next hands nothing else of an error to the page that shows it, and that one must say that nothing is lost. */
  readonly digest?: string;

  constructor(code: RefusalCode, options?: ErrorOptions) {
    super(refusals[code], options);
    this.code = code;
    if (code === "key_unavailable") {
      this.digest = code;
    }
  }
}
