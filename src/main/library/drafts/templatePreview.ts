import type { Draft, DraftRow, Expand } from '../../../shared/domain/draft.ts'
import type { TemplatePreview } from '../../../shared/domain/draftCheck.ts'
import { ok, type Result } from '../../../shared/domain/result.ts'
import type { Expansion } from '../../../shared/template/expand.ts'
import type { TemplateProblem } from '../../../shared/template/syntax.ts'
import { PromptReader } from '../planning/rowPrompts.ts'
import { rowTable } from './draftTable.ts'
import { planDraftRows, summarise, type PlanRowTools } from './planDraftRows.ts'

export interface PreviewWish {
  readonly draft: Draft
  /** As it stands on screen, saved or not. */
  readonly row: DraftRow
  readonly from: number
  readonly limit: number
}

/** Counted at once, made page by page: a template of a trillion prompts answers with the number. */
export async function templatePreview(
  tools: PlanRowTools,
  { draft, row, from, limit }: PreviewWish,
): Promise<TemplatePreview> {
  const lists = tools.lists()
  const table = rowTable({
    rows: [{ row: { ...row, models: [] }, number: 1 }],
    variables: draft.variables,
    defaultModels: [],
    lists,
    frameCell: () => null,
  })
  const [source] = table.rows
  const reader = new PromptReader(table, row.plain)
  const seed = `${seedOf(row.seed, draft.defaults.seed)}:${row.id}`
  const expanded = (
    expand: Expand,
  ): Result<Pick<Expansion, 'count' | 'page'>, readonly TemplateProblem[]> =>
    source === undefined || row.prompt.trim() === ''
      ? ok({ count: 0n, page: () => [] })
      : reader.expansion({ row: source, text: row.prompt.trim(), expand, seed })

  const read = expanded(draft.options.expand)
  const names = Object.keys(lists)
  if (!read.ok) {
    return {
      count: '0',
      all: '0',
      from,
      prompts: [],
      problems: read.error,
      each: null,
      lists: names,
    }
  }
  const prompts = read.value.page(BigInt(from), limit)
  const [first] = from === 0 ? prompts : read.value.page(0n, 1)
  const all = draft.options.expand.kind === 'random' ? expanded({ kind: 'product' }) : read
  return {
    count: read.value.count.toString(),
    all: (all.ok ? all.value.count : read.value.count).toString(),
    from,
    prompts,
    problems: [],
    each: first === undefined ? null : await checkOfOne(tools, draft, { ...row, prompt: first }),
    lists: names,
  }
}

/** As planning reads it: a seed is a number, however it is typed. */
function seedOf(own: string, usual: string): string {
  const text = own.trim() === '' ? usual.trim() : own.trim()
  return /^\d+$/.test(text) ? String(Number(text)) : text
}

/** A price hangs on the shape and length of a clip, never on its words: one prompt stands for all. */
async function checkOfOne(tools: PlanRowTools, draft: Draft, row: DraftRow) {
  const plain = { ...row, plain: true }
  const [planned] = await planDraftRows(tools, {
    draft,
    rows: [{ row: plain, number: 1 }],
    rehearse: false,
  })
  return summarise(row, planned ?? ok([]), tools.catalogue).check
}
