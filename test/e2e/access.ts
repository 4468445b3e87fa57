import { AxeBuilder } from '@axe-core/playwright'
import { expect, type RunningApp } from './fixtures.ts'

/** No serious fault; the rest is told too when there is one. */
export async function checkAccess(app: RunningApp, what: string): Promise<void> {
  // Without legacy mode axe opens a page of its own, which Electron has no room for.
  const { violations } = await new AxeBuilder({ page: app.page }).setLegacyMode().analyze()
  const serious = violations.filter(({ impact }) => impact === 'serious' || impact === 'critical')
  const told = serious.map(({ id, nodes }) => `${what}: ${id}: ${nodes[0]?.html ?? ''}`)
  expect(told).toEqual([])
}
