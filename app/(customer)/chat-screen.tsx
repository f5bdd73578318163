import "server-only";
import { History, Inbox } from "lucide-react";
import { redirect } from "next/navigation";
import { Chat } from "@/components/chat/chat";
import { ConsentForm } from "@/components/chat/consent-form";
import { ConversationList } from "@/components/chat/conversation-list";
import { Greeting } from "@/components/chat/greeting";
import { RestrictedBar } from "@/components/chat/restricted-bar";
import type { ChatStart } from "@/components/chat/use-chat";
import { ButtonLink } from "@/components/ui/button";
import { EmptyState } from "@/components/ui/empty-state";
import { modelInUse } from "@/lib/agent";
import { type CustomerCaller, findCaller } from "@/lib/auth";
import { findOwnConversation, listOwnConversations } from "@/lib/conversation";
import { currentConsentText, findConsent, findCustomer } from "@/lib/customer";
import { env } from "@/lib/env";
import { Id, newId } from "@/lib/id";
import { settingOf } from "@/lib/setting";
import { shopName } from "@/lib/shop/schema";
import {
  agree,
  answerAgain,
  askForPerson,
  confirm,
  decline,
  declineOffer,
  leaveAddress,
  rate,
  read,
  removeAddress,
  sayWhy,
  sendMessage,
  sendMessageForm,
  stopAnswer,
  typing,
  withdraw,
} from "./chat/actions";
import { CustomerFrame } from "./customer-frame";
import { lift } from "./privacy/actions";

export const actions = {
  send: sendMessage,
  sendForm: sendMessageForm,
  stop: stopAnswer,
  retryAnswer: answerAgain,
  rate,
  askForPerson,
  markRead: read,
  decide: { confirm, decline },
  people: { withdraw, sayWhy, declineOffer, typing, leaveAddress, removeAddress },
};

/** The chat of whoever asks: the words to agree to first, then a new conversation or the named one. */
export async function ChatScreen({ conversationId }: { conversationId: string | null }) {
  const caller = await findCaller();
  if (caller?.kind === "staff") {
    return <StaffSeeNoChat />;
  }
  const consent = caller ? await findConsent(caller.id) : null;
  if (!(caller && consent?.current)) {
    return (
      <CustomerFrame>
        <ConsentForm
          text={await currentConsentText()}
          chosen={consent}
          agree={agree}
          conversationId={conversationId}
        />
      </CustomerFrame>
    );
  }
  const start = await openOrBegin(caller, conversationId);
  const customer = await findCustomer(caller.id);
  const earlier = await listOwnConversations(caller, null);
  return (
    <CustomerFrame layout="fit">
      <h1 className="sr-only">Chat with {shopName}</h1>
      <div className="mx-auto flex min-h-0 w-full max-w-6xl grow">
        <aside className="hidden w-72 shrink-0 overflow-y-auto border-line border-r p-4 lg:block">
          <ConversationList
            conversations={earlier.rows}
            current={conversationId}
            older={earlier.next}
          />
        </aside>
        <div className="flex min-h-0 min-w-0 grow flex-col">
          <div className="flex justify-end gap-2 border-line border-b px-3 py-1.5 lg:hidden">
            <ButtonLink href="/chat/earlier" variant="quiet" size="sm">
              <History aria-hidden />
              Your conversations
            </ButtonLink>
          </div>
          <Chat
            key={start.conversationId}
            start={start}
            messageId={newId()}
            actions={actions}
            contact={{ known: customer?.email ?? null, mails: env.SMTP_URL !== undefined }}
            banner={caller.restricted ? <RestrictedBar lift={lift} /> : null}
            empty={
              <Greeting
                shopName={shopName}
                customerName={customer?.name ?? null}
                offline={modelInUse().kind === "offline"}
              />
            }
          />
        </div>
      </div>
    </CustomerFrame>
  );
}

/** Staff answer customers and are none: the chat is tried in a private window. */
function StaffSeeNoChat() {
  return (
    <CustomerFrame>
      <EmptyState
        heading="h1"
        icon={<Inbox />}
        title="You are signed in as staff"
        action={<ButtonLink href="/desk">To the desk</ButtonLink>}
      >
        Customers write here and you answer them at the desk. To try the chat as a customer does,
        open this page in a private window.
      </EmptyState>
    </CustomerFrame>
  );
}

async function openOrBegin(caller: CustomerCaller, id: string | null): Promise<ChatStart> {
  const answersOn = (await settingOf("answers")).on;
  if (id === null) {
    return { conversationId: newId(), conversation: null, messages: [], proposals: [], answersOn };
  }
  const found = Id.safeParse(id).success ? await findOwnConversation(caller, id) : null;
  if (!found) {
    // Absent and foreign look alike: a new conversation.
    redirect("/chat");
  }
  return { conversationId: id, ...found, answersOn };
}
