import type { Page } from '@playwright/test'

const NAME = 'A long sheet'
/** Rows of one save. */
const CHUNK = 2000

/** Opens a draft of so many rows, which is made the first time it is asked for. */
export async function openLongDraft(page: Page, rows: number): Promise<void> {
  await page.evaluate(fill, { name: NAME, rows, chunk: CHUNK })
  await page.reload()
  await page
    .locator(`[role=grid][aria-label=Prompts][aria-rowcount="${rows + 2}"] [data-row="0"]`)
    .waitFor()
}

interface Wish {
  readonly name: string
  readonly rows: number
  readonly chunk: number
}

/** Runs in the page. */
async function fill({ name, rows, chunk }: Wish): Promise<void> {
  type Request = (route: string, input?: unknown) => Promise<string>
  const { dailies } = globalThis as unknown as { readonly dailies: { readonly request: Request } }
  const ask = async (route: string, input?: unknown): Promise<unknown> =>
    (JSON.parse(await dailies.request(route, input)) as { readonly data?: unknown }).data
  const listed = (await ask('drafts.list')) as readonly { readonly name: string }[]
  if (listed.some((draft) => draft.name === name)) return
  const made = (await ask('drafts.create', { name })) as { readonly id: string }
  const cells = {
    plain: false,
    negativePrompt: '',
    firstFrame: null,
    lastFrame: null,
    references: [],
    models: [{ model: 'kling-v3', provider: 'fal' }],
    duration: '5',
    size: '16:9',
    aspectRatio: '',
    resolution: '',
    takes: '',
    seed: '',
    tags: [],
    name: '',
    options: {},
  }
  for (let from = 0; from < rows; from += chunk) {
    const put = Array.from({ length: Math.min(chunk, rows - from) }, (_, at) => ({
      ...cells,
      id: `row_${String(from + at).padStart(8, '0')}`,
      position: from + at,
      prompt: `A fox crosses {{city}} in soft light, shot ${from + at}, slow push in`,
      variables: { city: `Ulm ${from + at}` },
    }))
    const head = from === 0 ? { variables: ['city'] } : {}
    await ask('drafts.save', { draftId: made.id, head, put, remove: [] })
  }
}
