import { defineConfig } from 'vitest/config'
import { tempInMemory } from './test/helpers/tempInMemory.ts'

tempInMemory()

export default defineConfig({
  test: {
    // Two cores are the baseline that the suite must be comfortable on.
    maxWorkers: 2,
    reporters: ['default'],
    projects: [
      {
        test: {
          name: 'unit',
          include: ['test/unit/**/*.test.{ts,tsx}', 'test/architecture.test.ts'],
          // Only against hangs: property tests take seconds, on a busy machine many times that.
          testTimeout: 300_000,
        },
      },
      {
        test: {
          name: 'contract',
          include: ['test/contract/**/*.test.ts'],
          // Nothing in these files changes what is global: a worker loads the sources once for all of them.
          isolate: false,
          // Real SQLite, real ffmpeg, real local servers.
          testTimeout: 300_000,
          hookTimeout: 300_000,
        },
      },
    ],
  },
})
