import { defineConfig } from '@playwright/test'
import { bringsDisplay } from './test/e2e/display.ts'

export default defineConfig({
  testDir: 'test/e2e',
  outputDir: 'test-results',
  // A person's one display has room for one app; virtual ones are made for each worker.
  workers: bringsDisplay() ? 2 : 1,
  retries: 0,
  timeout: 90_000,
  forbidOnly: process.env['CI'] !== undefined,
  reporter: [['list']],
  use: { trace: 'retain-on-failure' },
})
