import { expect, test } from "vitest";
import { bareEnvironment, parseDotenv } from "./environment.mjs";

test("a .env file is read as people write it", () => {
  const text = `# a comment\nPORT=3001\nexport OPENAI_MODEL="some model"\nEMPTY=\nKEYRING='{"a":"b=c"}'\r\nno assignment`;
  expect(parseDotenv(text)).toEqual({
    PORT: "3001",
    OPENAI_MODEL: "some model",
    EMPTY: "",
    KEYRING: '{"a":"b=c"}',
  });
});

test("nothing that is set for the product reaches a test run", () => {
  process.env["OPENAI_API_KEY"] = "sk-somebody-pays-for-this";
  const bare: Record<string, string | undefined> = bareEnvironment();
  delete process.env["OPENAI_API_KEY"];
  expect(bare).toMatchObject({ OPENAI_API_KEY: "", DATABASE_URL: "", REDIS_URL: "", KEYRING: "" });
  expect(bare["PATH"]).toContain("node_modules");
});
