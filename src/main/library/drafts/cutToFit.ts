import type { DraftRow } from '../../../shared/domain/draft.ts'
import { draftRowSchema } from '../../../shared/domain/draftSchema.ts'

const CELL = 2000
const LONG = 50_000
const NAME = 200

export interface CutRow {
  readonly row: DraftRow
  /** Columns that lost something. */
  readonly columns: readonly string[]
}

/** A row as a draft can keep it; nearly always the row itself. */
export function cutToFit(row: DraftRow): CutRow {
  if (draftRowSchema.safeParse(row).success) return { row, columns: [] }
  const columns = new Set<string>()
  const cut = (column: string, text: string, most: number): string => {
    if (text.length > most) columns.add(column)
    return text.slice(0, most)
  }
  const few = <T>(column: string, values: readonly T[], most: number): readonly T[] => {
    if (values.length > most) columns.add(column)
    return values.slice(0, most)
  }
  const cells = (values: Readonly<Record<string, string>>): Readonly<Record<string, string>> =>
    Object.fromEntries(
      Object.entries(values).map(([name, value]) => [
        cut(name, name, NAME),
        cut(name, value, LONG),
      ]),
    )
  const short: DraftRow = {
    ...row,
    prompt: cut('prompt', row.prompt, LONG),
    negativePrompt: cut('negative_prompt', row.negativePrompt, LONG),
    duration: cut('duration', row.duration, CELL),
    size: cut('size', row.size, CELL),
    aspectRatio: cut('aspect_ratio', row.aspectRatio, CELL),
    resolution: cut('resolution', row.resolution, CELL),
    takes: cut('takes', row.takes, CELL),
    seed: cut('seed', row.seed, CELL),
    name: cut('name', row.name, CELL),
    tags: few('tags', row.tags, 100).map((tag) => cut('tags', tag, 100)),
    references: few('reference', row.references, 20),
    models: few('model', row.models, 50),
    variables: cells(row.variables),
    options: cells(row.options),
  }
  return { row: draftRowSchema.parse(short), columns: [...columns] }
}
