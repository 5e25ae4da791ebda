import { defineConfig } from "vitest/config";

/** Targets that need Python (test/targets): run by `npm run test:targets`, apart from `npm test`. */
export default defineConfig({
  test: {
    include: ["test/targets/**/*.test.ts"],
    testTimeout: 600_000,
    hookTimeout: 1_200_000,
    // Each file starts processes of its own that compute with all cores.
    fileParallelism: false,
  },
});
