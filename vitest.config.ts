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
    // No test leaves anything behind in its process: files share what they load, which is a third of the time of all.
    isolate: false,
    // The command line is tested as it was built.
    server: { deps: { external: [/\/dist\//] } },
  },
});
