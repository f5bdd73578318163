import type { NextRequest } from "next/server";
import { z } from "zod";
import { refuse } from "@/app/api/refuse";
import { streamEvents } from "@/app/api/sse";
import { watchCaller } from "@/lib/auth";
import { streamConversation } from "@/lib/conversation";
import { Refusal } from "@/lib/errors";
import { Id } from "@/lib/id";

type Context = { params: Promise<{ conversationId: string }> };

const Seq = z.coerce.number().int().nonnegative().catch(0);

/** The customer's one stream of a conversation: a snapshot after `after`, then everything as it happens. */
export async function GET(request: NextRequest, { params }: Context): Promise<Response> {
  const where = "api.stream";
  const { caller, stillStands } = await watchCaller();
  const id = Id.safeParse((await params).conversationId);
  if (caller?.kind !== "customer") {
    return refuse(new Refusal("session_missing"), where);
  }
  if (!id.success) {
    return refuse(new Refusal("not_found"), where);
  }
  const after = Math.max(
    Seq.parse(request.nextUrl.searchParams.get("after")),
    Seq.parse(request.headers.get("last-event-id")),
  );
  return await streamEvents({
    request,
    where,
    stillStands,
    events: (signal) => streamConversation(caller, id.data, after, signal),
  });
}
