import { afterAll, expect, test } from "vitest";
import { createGuest, registerCustomer } from "@/lib/customer";
import { newId } from "@/lib/id";
import { confirmCustomer } from "./account";
import { hashPassword } from "./password";
import type { CustomerCaller } from "./schema";
import { closeAll } from "./store-for-tests";

afterAll(closeAll);

const password = "a walk in the hills";

function callerOf(id: string, registered: boolean): CustomerCaller {
  return { kind: "customer", id, keyEpoch: 1, registered, memoryOn: true, restricted: false };
}

test("a customer who has a password is asked for it before what cannot be undone", async () => {
  const email = `${newId()}@customer.example`;
  const passwordHash = await hashPassword(password);
  const { id } = await registerCustomer(null, { email, name: "Ada", passwordHash });
  const ada = callerOf(id, true);
  await expect(confirmCustomer(ada, "")).rejects.toMatchObject({ code: "password_wrong" });
  await expect(confirmCustomer(ada, "another walk")).rejects.toMatchObject({
    code: "password_wrong",
  });
  await expect(confirmCustomer(ada, password)).resolves.toBe(true);
});

test("a guest has no password, and has to show in another way that it is them", async () => {
  const { id } = await createGuest();
  await expect(confirmCustomer(callerOf(id, false), "")).resolves.toBe(false);
});

test("guessing the password is slowed down like signing in", async () => {
  const email = `${newId()}@customer.example`;
  const passwordHash = await hashPassword(password);
  const { id } = await registerCustomer(null, { email, name: "Ada", passwordHash });
  const codes: string[] = [];
  for (let tries = 0; tries < 11; tries += 1) {
    await confirmCustomer(callerOf(id, true), "wrong").catch(({ code }) => codes.push(code));
  }
  expect(codes.at(0)).toBe("password_wrong");
  expect(codes.at(-1)).toBe("sign_in_throttled");
});
