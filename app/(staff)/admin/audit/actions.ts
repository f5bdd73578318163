"use server";

import { z } from "zod";
import { defineAction } from "@/lib/action";
import { verifyAudit } from "@/lib/privacy";

export const verify = defineAction({
  name: "verifyAudit",
  caller: "admin",
  input: z.object({}),
  rate: { max: 6, windowSeconds: 60 },
  run: () => verifyAudit(),
});
