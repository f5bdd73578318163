import { expect, test } from "vitest";
import { readEnv } from "./env";

const secret = "0123456789abcdef0123456789abcdef";
const plain = {
  DATABASE_URL: "postgresql://nobody@127.0.0.1:9/none",
  REDIS_URL: "redis://127.0.0.1:9/0",
  SESSION_SECRET: secret,
  PEPPER_INDEX: secret,
  PEPPER_SEARCH: secret,
  PEPPER_PSEUDONYM: secret,
};
const SMTP_URL = "smtp://mail.example:587";

test("a mail server without a sender, or without an address for links, stops the boot and both are named", () => {
  const read = () => readEnv({ ...plain, SMTP_URL });
  expect(read).toThrow(/MAIL_FROM: is needed[\s\S]*PUBLIC_URL: is needed/);
  const whole = { MAIL_FROM: "help@shop.example", PUBLIC_URL: "https://shop.example" };
  expect(readEnv({ ...plain, SMTP_URL, ...whole })).toMatchObject({ SMTP_URL, ...whole });
});

test("Redis is one server, or several nodes of a cluster, and anything else stops the boot", () => {
  const nodes = "redis://one:7000, rediss://two:7001,redis://three";
  expect(readEnv({ ...plain, REDIS_URL: nodes }).REDIS_URL).toBe(nodes);
  expect(readEnv({ ...plain, REDIS_CLUSTER: "1" }).REDIS_CLUSTER).toBe(true);
  for (const REDIS_URL of ["one:7000", "redis://one:7000,", "http://one"]) {
    expect(() => readEnv({ ...plain, REDIS_URL })).toThrow(/REDIS_URL: must be redis/);
  }
});

test("without a mail server nothing about mail is asked for", () => {
  expect(readEnv({ ...plain, SMTP_URL: "", MAIL_FROM: "" }).SMTP_URL).toBeUndefined();
});

test("recall by meaning without an embeddings model stops the boot", () => {
  expect(() => readEnv({ ...plain, MEMORY_RERANK: "1" })).toThrow(/EMBEDDINGS_MODEL: is needed/);
  const given = { MEMORY_RERANK: "1", EMBEDDINGS_MODEL: "meanings" };
  expect(readEnv({ ...plain, ...given })).toMatchObject({ MEMORY_RERANK: true });
});
