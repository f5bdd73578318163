import base from "./playwright.config";

/** `npm run screenshots`: README's pictures, from a freshly seeded demo. */
export default {
  ...base,
  testMatch: "pictures.ts",
  workers: 1,
  fullyParallel: false,
  timeout: 120_000,
};
