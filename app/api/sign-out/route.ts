import { redirect } from "next/navigation";
import { signOut } from "@/lib/auth";

/** Has the browser drop everything readable of this site. Reached as a whole page, so a running page's memory goes too. */
export function GET(request: Request): Response {
  return signOut(request) ?? redirect("/");
}
