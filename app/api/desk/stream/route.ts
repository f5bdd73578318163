import type { NextRequest } from "next/server";
import { refuse } from "@/app/api/refuse";
import { streamEvents } from "@/app/api/sse";
import { watchCaller } from "@/lib/auth";
import { streamConsole } from "@/lib/conversation";
import { Refusal } from "@/lib/errors";
import { Id } from "@/lib/id";

/** A lead's one stream: the inbox, and the conversation named by `open`. */
export async function GET(request: NextRequest): Promise<Response> {
  const where = "api.desk.stream";
  const { caller, stillStands } = await watchCaller();
  if (caller?.kind !== "staff") {
    return refuse(new Refusal("session_missing"), where);
  }
  const asked = request.nextUrl.searchParams.get("open");
  const open = Id.optional().safeParse(asked ?? undefined);
  if (!open.success) {
    return refuse(new Refusal("not_found"), where);
  }
  return await streamEvents({
    request,
    where,
    stillStands,
    events: (signal) => streamConsole(caller, open.data, signal),
  });
}
