import "server-only";
import { currentConsentText } from "@/lib/customer";
import { env } from "@/lib/env";
import type { Controller } from "@/lib/privacy/schema";
import { shopName } from "@/lib/shop/schema";

/**
 * Who is responsible for what is kept here, and where they are reached: as an admin wrote it beside the words that
 * customers agree to, or else as far as this installation is told.
 */
export async function controllerHere(): Promise<Controller> {
  const { controller, contact } = await currentConsentText();
  return { name: controller || shopName, contact: contact || (env.MAIL_FROM ?? null) };
}
