import { defineConfig } from "vitest/config";

const serverOnly = new URL("node_modules/server-only/empty.js", import.meta.url).pathname;
const shared = {
  resolve: { tsconfigPaths: true, conditions: ["react-server"] },
};

/** `unit` needs nothing but Node; `integration` (*.it.test.ts) needs DATABASE_URL and REDIS_URL, which scripts/test sets. */
export default defineConfig({
  test: {
    projects: [
      {
        ...shared,
        test: {
          name: "unit",
          include: ["lib/**/*.test.ts", "components/**/*.test.tsx", "scripts/**/*.test.ts"],
          exclude: ["**/*.it.test.ts", "node_modules"],
          alias: { "server-only": serverOnly },
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
          maxWorkers: 2,
        },
      },
    ],
  },
});
