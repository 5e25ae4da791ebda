import { defineConfig } from "vitest/config";

export default defineConfig({
  test: {
    include: ["test/**/*.test.ts"],
    // Needs Python: npm run test:targets.
    exclude: ["test/targets/**"],
    testTimeout: 30_000,
    hookTimeout: 60_000,
    pool: "forks",
    maxWorkers: 2,
    // The command line is tested as it was built.
    server: { deps: { external: [/\/dist\//] } },
  },
});
