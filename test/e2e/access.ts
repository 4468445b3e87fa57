import axe from 'axe-core'
import { expect, type RunningApp } from './fixtures.ts'

declare global {
  interface Window {
    readonly axe?: typeof axe
  }
}

/** No serious fault on the whole page; the rest is told too when there is one. */
export async function checkAccess({ page }: RunningApp, what: string): Promise<void> {
  // Once for each page: half a megabyte.
  if (await page.evaluate(() => window.axe === undefined)) await page.evaluate(axe.source)
  const violations = await page.evaluate(async () => {
    // Each element that passes is described as well without this, which takes most of the time.
    const results = await window.axe?.run({ resultTypes: ['violations'] })
    if (results === undefined) throw new Error('axe is not there')
    return results.violations.map(({ id, impact, nodes }) => ({ id, impact, html: nodes[0]?.html }))
  })
  const serious = violations.filter(({ impact }) => impact === 'serious' || impact === 'critical')
  expect(serious.map(({ id, html }) => `${what}: ${id}: ${html ?? ''}`)).toEqual([])
}
