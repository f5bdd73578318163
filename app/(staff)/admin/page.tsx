import { redirect } from "next/navigation";
import { staffPage } from "@/app/(staff)/gate";

export default staffPage({ role: "admin", path: "/admin" }, async () =>
  redirect("/admin/requests"),
);
