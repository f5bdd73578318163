import { afterAll, expect, test } from "vitest";
import { newId } from "@/lib/id";
import { anonymizeUserId, appendAudit, listAudit } from "@/lib/privacy";
import { isKnownToAgree, noteAgreement } from "./agreements";
import {
  createGuest,
  currentConsentText,
  findConsent,
  findCustomer,
  findCustomerByEmail,
  findCustomerByIdentity,
  giveConsent,
  registerCustomer,
  renameCustomer,
  requireActiveCustomer,
  requireConsent,
  setMemoryOn,
  setTier,
} from "./index";
import { closePostgres, readRaw, setState } from "./store-for-tests";

afterAll(closePostgres);

const registration = () => ({ email: `${newId()}@customer.example`, name: "Ada Okafor" });

test("a guest has a key from the first moment and has agreed to nothing", async () => {
  const guest = await createGuest();
  expect(await findCustomer(guest.id)).toMatchObject({ kind: "guest", tier: "guest", name: null });
  expect(await findConsent(guest.id)).toBeNull();
  await expect(requireConsent(guest.id)).rejects.toMatchObject({ code: "consent_missing" });
});

test("consent says which words were agreed to, and memory follows the answer", async () => {
  const { id } = await createGuest();
  await giveConsent(id, { memory: false });
  expect(await findConsent(id)).toMatchObject({
    textVersion: (await currentConsentText()).version,
    memory: false,
    current: true,
  });
  expect(await findCustomer(id)).toMatchObject({ memoryOn: false });
  await setMemoryOn(id, true);
  expect(await findCustomer(id)).toMatchObject({ memoryOn: true });
  await requireConsent(id);
  // This process knows it now, and asks nobody.
  await requireConsent(id);
});

test("an agreement is remembered for the words it was given to, and for a bounded number of people", () => {
  const id = newId();
  noteAgreement(id, 4);
  expect(isKnownToAgree(id, 3)).toBe(true);
  expect(isKnownToAgree(id, 4)).toBe(true);
  expect(isKnownToAgree(id, 5)).toBe(false);
  for (let others = 0; others < 10_000; others += 1) {
    noteAgreement(newId(), 4);
  }
  expect(isKnownToAgree(id, 4)).toBe(false);
});

test("name and e-mail are readable to the product and never stand in clear in the table", async () => {
  const given = registration();
  const { id } = await registerCustomer(null, given);
  expect(await findCustomer(id)).toMatchObject({ ...given, kind: "registered", tier: "standard" });
  await renameCustomer(id, "Ada Okafor-Lind");
  expect(await findCustomer(id)).toMatchObject({ name: "Ada Okafor-Lind" });
  const raw = await readRaw(id);
  expect(raw).not.toContain(given.email);
  expect(raw).not.toContain("Okafor");
});

test("a customer is found by any spelling of the e-mail, and by the provider's subject exactly", async () => {
  const given = registration();
  const identity = { issuer: "https://id.example", subject: newId() };
  const { id } = await registerCustomer(null, { ...given, identity });
  expect(await findCustomerByEmail(given.email.toUpperCase())).toMatchObject({ id });
  expect(await findCustomerByIdentity(identity.issuer, identity.subject)).toMatchObject({ id });
  expect(await findCustomerByIdentity("https://other.example", identity.subject)).toBeNull();
});

test("of two who register one e-mail at once, one is refused", async () => {
  const given = registration();
  const both = await Promise.allSettled([
    registerCustomer(null, given),
    registerCustomer((await createGuest()).id, given),
  ]);
  const refused = both.filter((each) => each.status === "rejected");
  expect(refused.map(({ reason }) => reason.code)).toEqual(["email_taken"]);
});

test("nothing new is processed for a restricted customer, and an erasing one is absent", async () => {
  const { id } = await registerCustomer(null, registration());
  await setState(id, "restricted");
  await expect(requireActiveCustomer(id)).rejects.toMatchObject({ code: "processing_restricted" });
  const consent = giveConsent(id, { memory: true });
  await expect(consent).rejects.toMatchObject({ code: "processing_restricted" });
  await setState(id, "erasing");
  await expect(requireActiveCustomer(id)).rejects.toMatchObject({ code: "not_found" });
  expect(await findCustomer(id)).toMatchObject({ name: null, email: null });
});

test("a changed tier is written down with the old and the new one, by whoever changed it", async () => {
  const { id } = await registerCustomer(null, { ...registration(), passwordHash: "x" });
  const admin = newId();
  await setTier(admin, id, "premium");
  expect(await findCustomer(id)).toMatchObject({ tier: "premium" });
  await expect(setTier(admin, newId(), "trial")).rejects.toMatchObject({ code: "not_found" });
  await appendAudit();
  const { entries } = await listAudit({ actor: admin });
  expect(entries).toMatchObject([
    {
      action: "tier_changed",
      anonymizedUser: anonymizeUserId(id),
      metadata: { tier: "premium", previous: "standard" },
    },
  ]);
});
