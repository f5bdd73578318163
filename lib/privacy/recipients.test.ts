import { expect, test } from "vitest";
import { env } from "@/lib/env";
import { MAIL_SERVER, MODEL_PROVIDER, namedRecipients, nameRecipient } from "./recipients";

const configured = {
  ...env,
  OPENAI_API_KEY: "k",
  OPENAI_MODEL: "m-large",
  SUMMARY_MODEL: "m-small",
  SECOND_OPENAI_API_KEY: "k2",
  SECOND_OPENAI_BASE_URL: "https://llm.example.net/v1",
  SECOND_OPENAI_MODEL: "other",
  SMTP_URL: "smtp://user:secret@mail.example.org:587",
  OIDC_ISSUER: "https://login.example.com/realm",
};

test("The model's providers, the mail server and the sign-in service are named, and nothing secret with them", () => {
  const names = namedRecipients(configured).map(({ name }) => name);
  expect(names).toEqual([
    "the language model at api.openai.com (m-large, m-small)",
    "the language model at llm.example.net (other)",
    "the mail server mail.example.org",
    "the sign-in service login.example.com",
  ]);
  expect(names.join()).not.toContain("secret");
});

test("The data map's words for them become names, and other recipients stay as they are", () => {
  expect(nameRecipient(MODEL_PROVIDER, configured)).toMatch(
    /^the language model at api.openai.com/,
  );
  expect(nameRecipient(MAIL_SERVER, env)).toBe(`nobody: ${MAIL_SERVER} is not configured here`);
  expect(nameRecipient("the carrier", configured)).toBe("the carrier");
});
