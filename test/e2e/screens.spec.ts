import { emptyRow, type DraftRow } from '../../src/shared/domain/draft.ts'
import { SCREENS, type Screen } from '../../src/shared/ipc/commands.ts'
import { checkAccess, THEMES, wear } from './access.ts'
import { delivered, quickRow, runRows } from './drafting.ts'
import { expect, test, type RunningApp } from './fixtures.ts'

const SIZES = [
  { width: 1440, height: 900 },
  { width: 1024, height: 640 },
] as const
const PICTURES = 'test-results/screens'

const mod = process.platform === 'darwin' ? 'Meta' : 'Control'

async function show(app: RunningApp, screen: Screen): Promise<void> {
  await app.page.keyboard.press('Escape')
  await app.page.keyboard.press(`${mod}+${SCREENS.indexOf(screen) + 1}`)
  await expect(app.page.getByRole('main')).toHaveAttribute('aria-label', new RegExp(screen, 'i'))
  await expect(app.page.locator('main [aria-busy="true"]')).toHaveCount(0)
}

async function resize(app: RunningApp, size: { width: number; height: number }): Promise<void> {
  await app.electron.evaluate(({ BrowserWindow }, wish) => {
    BrowserWindow.getAllWindows()[0]?.setContentSize(wish.width, wish.height)
  }, size)
  await expect.poll(() => app.page.evaluate(() => window.innerWidth)).toBe(size.width)
}

/** The cells of a row stand side by side: an invalid list of columns stacks them. */
async function checkRows(app: RunningApp, what: string): Promise<void> {
  const stacked = await app.page.locator('.draft-grid [role="row"]').evaluateAll(
    (rows) =>
      rows.filter((row) => {
        const cells = [...row.querySelectorAll('[role="gridcell"]')]
        return new Set(cells.map((cell) => cell.getBoundingClientRect().top)).size > 1
      }).length,
  )
  expect(stacked, `${what}: rows whose cells are not in line`).toBe(0)
}

/** By axe: both themes and both sizes, but not each with each, which finds no more. */
const isLookedAt = (theme: (typeof THEMES)[number], { width }: { width: number }): boolean =>
  (theme === 'dark') === (width === SIZES[0].width)

/** Each screen in both themes and sizes, and looked at by axe. */
async function portray(app: RunningApp, name: string, screens: readonly Screen[]): Promise<void> {
  for (const theme of THEMES) {
    await wear(app, theme)
    for (const size of SIZES) {
      await resize(app, size)
      for (const screen of screens) {
        await show(app, screen)
        const what = `${screen}-${name}-${theme}-${size.width}`
        await app.page.screenshot({ path: `${PICTURES}/${what}.png` })
        await checkRows(app, what)
        if (isLookedAt(theme, size)) await checkAccess(app, what)
      }
    }
  }
}

test('every screen at the first start', async ({ app }) => {
  await expect(app.page.getByRole('grid', { name: 'Prompts' })).toBeVisible()
  await portray(app, 'first', SCREENS)
})

test('every screen with work in it', async ({ app }) => {
  await runRows(app, [
    quickRow(1, { takes: '3' }),
    quickRow(2, { size: '180x320' }),
    quickRow(3, { size: '240x240', takes: '2' }),
  ])
  await delivered(app, 6)
  await app.ask('queue.pause', { target: { all: true } })
  await runRows(app, [quickRow(4), quickRow(5), quickRow(6)])
  const { rows } = await app.ask('takes.list', { filter: {}, order: 'row', after: null, limit: 9 })
  const ids = rows.map(({ id }) => id)
  await app.ask('takes.update', { ids: ids.slice(0, 1), patch: { flag: 'pick', rating: 5 } })
  await app.ask('takes.update', { ids: ids.slice(1, 2), patch: { flag: 'reject' } })
  await app.page.reload()
  await app.ask('prompts.save', {
    id: null,
    kind: 'template',
    name: 'Lantern',
    text: 'A {{colour}} lantern on a river, __light__',
    folder: 'shots',
    tags: ['night'],
    favourite: true,
  })
  await portray(app, 'full', SCREENS)
})

test('the loupe, a draft with problems, the palette and the keys', async ({ app }) => {
  await runRows(app, [quickRow(1)])
  await delivered(app, 1)
  const { page } = app
  for (const theme of THEMES) {
    await wear(app, theme)
    for (const size of SIZES) {
      await resize(app, size)
      const mark = `${theme}-${size.width}`
      await show(app, 'review')
      await page.keyboard.press('Enter')
      await expect(page.getByRole('heading', { name: 'Row 1, take 1' })).toBeFocused()
      await page.screenshot({ path: `${PICTURES}/loupe-${mark}.png` })
      await checkAccess(app, `loupe-${mark}`)
      await page.keyboard.press('Escape')
      await page.keyboard.press(`${mod}+k`)
      await expect(page.getByRole('dialog', { name: 'Find a command' })).toBeVisible()
      await page.screenshot({ path: `${PICTURES}/palette-${mark}.png` })
      await checkAccess(app, `palette-${mark}`)
      await page.keyboard.type('everything pause')
      await expect(page.getByRole('option', { name: 'Pause or resume everything' })).toBeVisible()
      await page.keyboard.press('Escape')
      await page.keyboard.press('?')
      await expect(page.getByRole('dialog', { name: 'Keys of Review' })).toBeVisible()
      await page.screenshot({ path: `${PICTURES}/keys-${mark}.png` })
      await checkAccess(app, `keys-${mark}`)
      await page.keyboard.press('Escape')
    }
  }
})

/** A row that costs, and one with everything wrong. */
const faulty: readonly DraftRow[] = [
  { ...emptyRow('row_bad1', 1), prompt: 'A {{bird}} at dusk', duration: 'soon', takes: '0' },
  {
    ...emptyRow('row_bad2', 2),
    prompt: '',
    size: 'wide',
    models: [{ model: 'nothing', provider: null }],
  },
]

test('a draft with problems lists them beside the rows', async ({ app }) => {
  const { id: draftId } = await app.ask('drafts.create', { name: 'Faults' })
  await app.ask('drafts.save', {
    draftId,
    head: { variables: ['bird'] },
    put: [...faulty],
    remove: [],
  })
  await app.page.reload()
  await expect(app.page.getByRole('heading', { name: 'Faults' })).toBeVisible()
  await expect(app.page.getByText(/problems to mend before this can run/)).toBeVisible()
  for (const theme of THEMES) {
    await wear(app, theme)
    for (const size of SIZES) {
      await resize(app, size)
      const what = `problems-${theme}-${size.width}`
      await app.page.screenshot({ path: `${PICTURES}/${what}.png` })
      await checkAccess(app, what)
    }
  }
})
