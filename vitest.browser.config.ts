import { defineConfig } from "vitest/config";

/** What is looked at in a browser (test/browser): run by `npm run test:browser`, apart from `npm test`. Needs Chromium. */
export default defineConfig({
  test: {
    include: ["test/browser/**/*.test.ts"],
    testTimeout: 60_000,
    hookTimeout: 60_000,
    pool: "forks",
    fileParallelism: false,
  },
});
