import { defineConfig } from "vitest/config";
import { WORKERS } from "./scripts/setup/integration-worker";

const serverOnly = new URL("node_modules/server-only/empty.js", import.meta.url).pathname;
const shared = {
  resolve: { tsconfigPaths: true, conditions: ["react-server"] },
};

// Nothing listens on port 9: a unit test that reaches for a service fails instead of finding a neighbour's.
const unitEnv = {
  DATABASE_URL: "postgresql://nobody@127.0.0.1:9/none",
  REDIS_URL: "redis://127.0.0.1:9/0",
  LOG_LEVEL: "silent",
  SESSION_SECRET: "unit-session-secret-0123456789abcdef",
  PEPPER_INDEX: "unit-pepper-index-0123456789abcdef0",
  PEPPER_SEARCH: "unit-pepper-search-0123456789abcdef",
  PEPPER_PSEUDONYM: "unit-pepper-pseudonym-0123456789abc",
  KEYRING: '{"current":"k_unit","keys":{"k_unit":"MDEyMzQ1Njc4OWFiY2RlZjAxMjM0NTY3ODlhYmNkZWY="}}',
};

/** `unit` needs nothing but Node; `integration` (*.it.test.ts) needs DATABASE_URL and REDIS_URL, which scripts/test sets. */
export default defineConfig({
  test: {
    projects: [
      {
        ...shared,
        test: {
          name: "unit",
          include: [
            "lib/**/*.test.ts",
            "components/**/*.test.{ts,tsx}",
            "{scripts,bench}/**/*.test.ts",
          ],
          exclude: ["**/*.it.test.ts", "node_modules"],
          alias: { "server-only": serverOnly },
          env: unitEnv,
        },
      },
      {
        ...shared,
        test: {
          name: "integration",
          include: ["lib/**/*.it.test.ts", "app/**/*.it.test.ts", "scripts/**/*.it.test.ts"],
          alias: { "server-only": serverOnly },
          testTimeout: 20_000,
          hookTimeout: 30_000,
          maxWorkers: WORKERS.length,
          globalSetup: "scripts/setup/integration-databases.ts",
          setupFiles: "scripts/setup/integration-env.ts",
        },
      },
    ],
  },
});
