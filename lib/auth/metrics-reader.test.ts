import { expect, test } from "vitest";
import { requireMetricsReader } from "./metrics-reader";
import type { Caller } from "./schema";

const token = "a-token-of-the-collector-0123456789";
const nobody = async () => null;
const staff = (role: "admin" | "lead") => async (): Promise<Caller> => ({
  kind: "staff",
  id: "s",
  keyEpoch: 1,
  role,
  name: "Mara",
});

test("a collector with the token reads the figures, and so does an admin", async () => {
  await requireMetricsReader(`Bearer ${token}`, { token, find: nobody });
  await requireMetricsReader(null, { token, find: staff("admin") });
  await requireMetricsReader(null, { token: undefined, find: staff("admin") });
});

test.each([[null], [""], ["Bearer "], ["Bearer undefined"], [token], [`Bearer ${token}x`]])(
  "nobody else does: %s",
  async (authorization) => {
    await expect(
      requireMetricsReader(authorization, { token, find: nobody }),
    ).rejects.toMatchObject({ code: "session_missing" });
    await expect(
      requireMetricsReader(authorization, { token: undefined, find: staff("lead") }),
    ).rejects.toMatchObject({ code: "forbidden" });
  },
);
