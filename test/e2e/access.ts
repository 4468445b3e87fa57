import axe from 'axe-core'
import { expect, type RunningApp } from './fixtures.ts'

declare global {
  interface Window {
    readonly axe?: typeof axe
  }
}

export const THEMES = ['dark', 'light'] as const

/** Without motion: what is half faded in has the contrast of neither. */
export async function wear(app: RunningApp, theme: (typeof THEMES)[number]): Promise<void> {
  const { appearance } = await app.ask('settings.get')
  await app.ask('settings.set', { appearance: { ...appearance, theme, reducedMotion: 'always' } })
  await expect(app.page.locator('html')).toHaveAttribute('data-theme', theme)
}

/** No serious fault in either theme. */
export async function checkThemes(app: RunningApp, what: string): Promise<void> {
  for (const theme of THEMES) {
    await wear(app, theme)
    await checkAccess(app, `${what}-${theme}`)
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
