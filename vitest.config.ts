import { defineConfig } from "vitest/config";

export default defineConfig({
  test: {
    include: ["test/**/*.test.ts"],
    // Need Python, and a browser: npm run test:targets, npm run test:browser.
    exclude: ["test/targets/**", "test/browser/**"],
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
