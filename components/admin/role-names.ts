import type { Role } from "@/lib/auth/schema";

export const roleNames: Record<Role, string> = { lead: "Support lead", admin: "Admin" };

/** What a role may do, for those who give it. */
export const roleHints: Record<Role, string> = {
  lead: "Answers customers and reviews summaries.",
  admin: "All that, and handles data requests, articles and people.",
};
