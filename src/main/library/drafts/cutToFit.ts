import {
  MAX_CELL_TEXT,
  MAX_LONG_TEXT,
  MAX_MODELS,
  type DraftRow,
} from '../../../shared/domain/draft.ts'
import { draftRowSchema } from '../../../shared/domain/draftSchema.ts'

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
        cut(name, value, MAX_LONG_TEXT),
      ]),
    )
  const short: DraftRow = {
    ...row,
    prompt: cut('prompt', row.prompt, MAX_LONG_TEXT),
    negativePrompt: cut('negative_prompt', row.negativePrompt, MAX_LONG_TEXT),
    duration: cut('duration', row.duration, MAX_CELL_TEXT),
    size: cut('size', row.size, MAX_CELL_TEXT),
    aspectRatio: cut('aspect_ratio', row.aspectRatio, MAX_CELL_TEXT),
    resolution: cut('resolution', row.resolution, MAX_CELL_TEXT),
    takes: cut('takes', row.takes, MAX_CELL_TEXT),
    seed: cut('seed', row.seed, MAX_CELL_TEXT),
    name: cut('name', row.name, MAX_CELL_TEXT),
    tags: few('tags', row.tags, 100).map((tag) => cut('tags', tag, 100)),
    references: few('reference', row.references, 20),
    models: few('model', row.models, MAX_MODELS),
    variables: cells(row.variables),
    options: cells(row.options),
  }
  return { row: draftRowSchema.parse(short), columns: [...columns] }
}
