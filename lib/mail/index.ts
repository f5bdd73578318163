import "server-only";

/**
 * Mail that leaves the house. Only home of nodemailer.
 *
 * A mail is a copy in somebody else's hands, so none says more than that there is something to read here, or a code. Nothing of it,
 * the address included, is ever logged or put into an error.
 */
export { replyMail } from "./reply-mail";
export { codeMail, newsMail } from "./request-mail";
export { mailState, sendMail } from "./send-mail";
