import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['test/**/*.test.ts'],
    globalSetup: 'test/support/build-once.ts',
    reporters: process.env.CI ? ['dot', ['json', { outputFile: 'coverage/tests.json' }]] : ['default'],
    testTimeout: 60_000,
    hookTimeout: 120_000,
    // Half of the tests wait for programs that they run.
    maxWorkers: '100%',
    coverage: {
      provider: 'v8',
      clean: false,
      include: ['src/**/*.ts'],
      exclude: ['src/cli/**'],
      reporter: ['text-summary', 'json-summary'],
      thresholds: {
        'src/der/**': { lines: 95 },
        'src/pem/**': { lines: 95 },
        'src/x509/**': { lines: 95 },
        'src/hostname/**': { lines: 95 },
        'src/chain/**': { lines: 95 },
      },
    },
  },
});
