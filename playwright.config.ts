import { defineConfig, devices } from "@playwright/test";

/**
 * Journeys of people in Chromium, against a product that `npm test` has built, seeded and started.
 * BASE_URL and CHROMIUM_PATH come from there.
 */
export default defineConfig({
  testDir: "e2e",
  globalTeardown: "./e2e/support/look-for-leaks.ts",
  outputDir: "test-results",
  fullyParallel: true,
  forbidOnly: true,
  retries: 0,
  workers: 2,
  timeout: 60_000,
  expect: { timeout: 10_000 },
  reporter: process.env["PLAYWRIGHT_JSON_OUTPUT_NAME"] ? [["list"], ["json"]] : [["list"]],
  use: {
    ...devices["Desktop Chrome"],
    baseURL: process.env["BASE_URL"] ?? "http://127.0.0.1:3000",
    // A trace doubles a journey's cost: TRACE=1 records it for whoever looks into a failure.
    trace: process.env["TRACE"] ? "retain-on-failure" : "off",
    screenshot: "only-on-failure",
    launchOptions: {
      ...(process.env["CHROMIUM_PATH"] && { executablePath: process.env["CHROMIUM_PATH"] }),
      // The product reaches for nothing outside; Chromium on its own would.
      args: [
        "--no-sandbox",
        "--disable-gpu",
        "--disable-quic",
        "--no-first-run",
        "--disable-background-networking",
        "--disable-component-update",
        "--disable-sync",
      ],
    },
  },
});
