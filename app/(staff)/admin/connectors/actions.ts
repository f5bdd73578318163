"use server";

import { refresh } from "next/cache";
import { z } from "zod";
import { defineAction } from "@/lib/action";
import { Id } from "@/lib/id";
import { addConnector, chooseTools, removeConnector, testConnector } from "@/lib/shop";
import { NewConnector } from "@/lib/shop/schema";

export const add = defineAction({
  name: "addConnector",
  caller: "admin",
  rate: { max: 20, windowSeconds: 600 },
  input: NewConnector,
  run: async (given, admin) => {
    await addConnector(admin, given);
    refresh();
  },
});

export const test = defineAction({
  name: "testConnector",
  caller: "admin",
  rate: { max: 30, windowSeconds: 600 },
  input: z.object({ connectorId: Id }),
  run: async ({ connectorId }, admin) => {
    const state = await testConnector(admin, connectorId);
    refresh();
    return { state };
  },
});

// A box that is ticked sends its name: "allow.find_parcel", "effect.find_parcel".
export const choose = defineAction({
  name: "chooseConnectorTools",
  caller: "admin",
  input: z.object({ connectorId: Id }).catchall(z.string()),
  run: async ({ connectorId, ...boxes }, admin) => {
    const ticked = (kind: string) =>
      Object.keys(boxes).flatMap((name) => (name.startsWith(kind) ? name.slice(kind.length) : []));
    const chosen = { allowed: ticked("allow."), effects: ticked("effect.") };
    await chooseTools(admin, connectorId, chosen);
    refresh();
  },
});

export const remove = defineAction({
  name: "removeConnector",
  caller: "admin",
  input: z.object({ connectorId: Id }),
  run: async ({ connectorId }, admin) => {
    await removeConnector(admin, connectorId);
    refresh();
  },
});
