import { redirect } from "next/navigation";
import type { NextRequest } from "next/server";
import { findCaller, landing } from "@/lib/auth";

/** Where the sign-in provider's way back ends: now it is known who came, and so where they belong. */
export async function GET(request: NextRequest): Promise<never> {
  const caller = await findCaller();
  redirect(caller ? landing(caller, request.nextUrl.searchParams.get("to")) : "/sign-in");
}
