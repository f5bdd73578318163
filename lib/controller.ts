import "server-only";
import { env } from "@/lib/env";
import type { Controller } from "@/lib/privacy/schema";
import { shopName } from "@/lib/shop/schema";

/** Who is responsible for what is kept here, and where they are reached, as far as this installation is told. */
export function controllerHere(): Controller {
  return { name: shopName, contact: env.MAIL_FROM ?? null };
}
