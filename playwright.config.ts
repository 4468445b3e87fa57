import { defineConfig } from '@playwright/test'
import { bringsDisplay } from './test/e2e/display.ts'
import { tempInMemory } from './test/helpers/tempInMemory.ts'

tempInMemory()

export default defineConfig({
  testDir: 'test/e2e',
  outputDir: 'test-results',
  // A person's one display has room for one app; virtual ones are made for each worker.
  workers: bringsDisplay() ? 2 : 1,
  retries: 0,
  // Against hangs: held on two cores at a load of 10 to 14. What waits longer by nature says so itself;
  // more for all would hide what became slow.
  timeout: 300_000,
  expect: { timeout: 60_000 },
  forbidOnly: process.env['CI'] !== undefined,
  reporter: [['list']],
  use: { trace: 'retain-on-failure' },
})
