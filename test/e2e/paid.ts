import type { Locator, Page } from '@playwright/test'
import type { DraftRow } from '../../src/shared/domain/draft.ts'
import { quickRow } from './drafting.ts'
import { expect, type RunningApp } from './fixtures.ts'

const MOST_TABS = 80

/** Walks there by Tab alone, as somebody without a pointer does. */
export async function tabTo(
  page: Page,
  target: Locator,
  key: 'Tab' | 'Shift+Tab' = 'Tab',
): Promise<void> {
  await target.waitFor()
  for (let step = 0; step < MOST_TABS; step += 1) {
    if (await target.evaluate((element) => element === document.activeElement)) return
    await page.keyboard.press(key)
  }
  throw new Error(`${String(target)} is not reached within ${MOST_TABS} steps`)
}

/** The key into the dialog that is open, kept for this session; by keyboard. */
export async function typeKey(page: Page, apiKey: string): Promise<void> {
  const dialog = page.getByRole('dialog', { name: 'Add a key' })
  await expect(dialog.getByLabel(/^Key of/)).toBeFocused()
  await page.keyboard.type(apiKey)
  const session = dialog.getByRole('radio', { name: 'For this session only' })
  if ((await session.count()) > 0) {
    await tabTo(page, session)
    await page.keyboard.press('Space')
  }
  await tabTo(page, dialog.getByRole('button', { name: 'Save and test' }))
  await page.keyboard.press('Enter')
  await expect(dialog).toBeHidden()
}

/** A row on a paid model. */
export const paidRow = (number: number, prompt: string, more: Partial<DraftRow> = {}): DraftRow =>
  quickRow(number, {
    prompt,
    models: [{ model: 'wan-2.6', provider: 'lumenfall' }],
    duration: '5',
    size: '',
    ...more,
  })

/** Drafts the rows and runs them now, as confirmed. */
export async function runPaid(app: RunningApp, rows: readonly DraftRow[]): Promise<void> {
  const { id: draftId } = await app.ask('drafts.create', { name: 'Paid' })
  await app.ask('drafts.save', { draftId, head: {}, put: [...rows], remove: [] })
  const { digest: confirmed } = await app.ask('drafts.check', { draftId })
  await app.ask('drafts.run', { draftId, how: 'now', confirmed, again: false })
}
