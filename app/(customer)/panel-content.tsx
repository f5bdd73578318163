import "server-only";
import { ConsentForm } from "@/components/chat/consent-form";
import { PanelChat } from "@/components/chat/panel-chat";
import { RestrictedBar } from "@/components/chat/restricted-bar";
import type { ChatStart } from "@/components/chat/use-chat";
import { modelInUse } from "@/lib/agent";
import { type CustomerCaller, findCustomerCaller } from "@/lib/auth";
import { findOwnConversation, listOwnConversations } from "@/lib/conversation";
import { currentConsentText, findConsent, findCustomer } from "@/lib/customer";
import { env } from "@/lib/env";
import { newId } from "@/lib/id";
import { settingOf } from "@/lib/setting";
import { agreeHere } from "./actions";
import { actions } from "./chat-screen";
import { lift } from "./privacy/actions";

/** What the panel over the start page holds: the words to agree to, or the conversation that is going on. */
export async function PanelContent() {
  const caller = await findCustomerCaller();
  const consent = caller ? await findConsent(caller.id) : null;
  if (!(caller && consent?.current)) {
    return (
      <ConsentForm
        heading="h3"
        text={await currentConsentText()}
        chosen={consent}
        agree={agreeHere}
      />
    );
  }
  const customer = await findCustomer(caller.id);
  return (
    <PanelChat
      start={await continueOrBegin(caller)}
      messageId={newId()}
      actions={actions}
      contact={{ known: customer?.email ?? null, mails: env.SMTP_URL !== undefined }}
      banner={caller.restricted ? <RestrictedBar lift={lift} /> : null}
      empty={<PanelGreeting name={customer?.name ?? null} />}
    />
  );
}

function PanelGreeting({ name }: { name: string | null }) {
  const offline = modelInUse().kind === "offline";
  return (
    <div className="flex flex-col gap-2">
      <h3 className="text-lg">{name ? `Hello ${name}, how can we help?` : "How can we help?"}</h3>
      <p className="text-muted text-sm">
        An AI answers and shows what its answer rests on; a person is one click away.
      </p>
      {offline ? (
        <p className="text-muted text-sm">
          No language model is connected, so the built-in assistant answers: it looks things up and
          quotes them, and does not chat.
        </p>
      ) : null}
    </div>
  );
}

const GOES_ON_MS = 24 * 3_600_000;

/** The newest conversation while it is going on; after a day, or when it is solved, a new one. */
async function continueOrBegin(caller: CustomerCaller): Promise<ChatStart> {
  const [newest] = (await listOwnConversations(caller)).rows;
  const goesOn =
    newest &&
    newest.status !== "solved" &&
    Date.now() - Date.parse(newest.lastMessageAt) < GOES_ON_MS;
  const found = goesOn ? await findOwnConversation(caller, newest.id) : null;
  const answersOn = (await settingOf("answers")).on;
  return found
    ? { conversationId: found.conversation.id, ...found, answersOn }
    : { conversationId: newId(), conversation: null, messages: [], proposals: [], answersOn };
}
