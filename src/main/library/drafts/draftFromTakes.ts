import { emptyRow, type Draft, type DraftRow, type FrameRef } from '../../../shared/domain/draft.ts'
import type { FrameSource } from '../../../shared/domain/generation.ts'
import type { JobId } from '../../../shared/domain/ids.ts'
import type { TakeView } from '../../../shared/domain/take.ts'
import type { Catalogue } from '../catalogue.ts'
import type { DraftStore } from '../draftStore.ts'
import type { FrameLibrary } from '../frameLibrary.ts'
import { askedCells, type SentJob } from './askedAgain.ts'

export interface DraftFromTakesOptions {
  readonly drafts: DraftStore
  readonly frames: FrameLibrary
  readonly catalogue: Catalogue
  readonly job: (id: JobId) => SentJob | null
  readonly newId: () => string
}

export interface TakesToDraft {
  readonly name: string
  readonly takes: readonly TakeView[]
  /** `new`: a seed is drawn at the run; `same`: as the take had it. */
  readonly seed: 'same' | 'new'
  /** Of each row; absent: the draft's own number. */
  readonly takesEach?: number | undefined
}

/** Rows of one save. */
const CHUNK = 2000

/**
 * A new draft with a row for each request behind these takes, in their order; several takes of one
 * request are one row. Null: none of the requests is known.
 */
export async function draftFromTakes(
  options: DraftFromTakesOptions,
  { name, takes, seed, takesEach }: TakesToDraft,
): Promise<Draft | null> {
  const rows: DraftRow[] = []
  const seen = new Set<string>()
  for (const take of takes) {
    const detail = options.job(take.jobId)
    const key = [take.batchId, take.row, take.model, take.provider, take.prompt].join('\u0000')
    if (detail === null || (seed === 'new' && seen.has(key))) continue
    seen.add(key)
    const row = await rowOf(options, { take, detail, seed, position: rows.length + 1 })
    rows.push(takesEach === undefined ? row : { ...row, takes: String(takesEach) })
  }
  if (rows.length === 0) return null
  const draft = await options.drafts.create({ name })
  let saved: Draft | null = draft
  for (let from = 0; from < rows.length; from += CHUNK) {
    const put = rows.slice(from, from + CHUNK)
    saved = await options.drafts.save({ draftId: draft.id, head: {}, put, remove: [] })
  }
  return saved
}

interface RowWish {
  readonly take: TakeView
  readonly detail: SentJob
  readonly seed: TakesToDraft['seed']
  readonly position: number
}

async function rowOf(
  { catalogue, frames, newId }: DraftFromTakesOptions,
  { take, detail, seed, position }: RowWish,
): Promise<DraftRow> {
  const asked = askedCells(catalogue, detail)
  const refs = await refsOf(frames, detail.request.frames)
  const withRole = (role: FrameSource['role']): readonly FrameRef[] =>
    refs.filter((ref) => ref.role === role).map((found) => found.ref)
  return {
    ...emptyRow(`row_${newId()}`, position),
    ...asked,
    seed: seed === 'same' ? asked.seed : '',
    prompt: take.prompt,
    // It was rendered already: braces in it are braces.
    plain: true,
    models: [{ model: take.model, provider: take.provider }],
    tags: take.tags,
    firstFrame: withRole('firstFrame')[0] ?? null,
    lastFrame: withRole('lastFrame')[0] ?? null,
    references: withRole('reference'),
  }
}

interface Ref {
  readonly role: FrameSource['role']
  readonly ref: FrameRef
}

/** Pictures that went out of the library since come back into it. */
async function refsOf(
  frames: FrameLibrary,
  sources: readonly FrameSource[],
): Promise<readonly Ref[]> {
  const refs: Ref[] = []
  for (const source of sources) {
    const { role } = source
    if (source.kind === 'url') {
      if (source.url.startsWith('https://')) refs.push({ role, ref: source.url as FrameRef })
      continue
    }
    const { sha256, name, contentType, bytes, width, height } = source.original ?? source
    const picture = { sha256, name, contentType, bytes, width, height, fromTakeId: null }
    refs.push({ role, ref: (await frames.add(picture)).id })
  }
  return refs
}
