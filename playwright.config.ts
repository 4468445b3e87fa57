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
  // Only against hangs: on a busy machine everything takes ten times as long.
  timeout: 600_000,
  expect: { timeout: 240_000 },
  forbidOnly: process.env['CI'] !== undefined,
  reporter: [['list']],
  use: { trace: 'retain-on-failure' },
})
