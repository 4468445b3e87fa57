import { COLUMNS, type ColumnName } from '../../../shared/domain/batchColumns.ts'
import { foldName } from '../../../shared/template/syntax.ts'
import { nearestName } from '../../../shared/template/nearest.ts'

/** What a column is for. `key` is how it is looked up; `name` is how the file writes it. */
export interface Column {
  readonly name: string
  readonly key: string
  readonly use: 'known' | 'option' | 'variable'
}

const OPTION = /^options\.(.+)$/i

/** Reads a header. Case, outer blanks, and blanks or hyphens for `_` do not matter in known names. */
export function readColumn(header: string): Column {
  const name = header.trim()
  const option = OPTION.exec(name)?.[1]?.trim()
  if (option !== undefined && option !== '')
    return { name, key: `options.${option}`, use: 'option' }
  const key = foldName(name)
  const known = key.replaceAll(/[\s-]+/g, '_')
  return isKnown(known) ? { name, key: known, use: 'known' } : { name, key, use: 'variable' }
}

const isKnown = (key: string): key is ColumnName => (COLUMNS as readonly string[]).includes(key)

// Words that other tools use for the same thing.
const ALIASES: Readonly<Record<string, ColumnName>> = {
  text: 'prompt',
  prompts: 'prompt',
  negative: 'negative_prompt',
  image: 'first_frame',
  first_image: 'first_frame',
  start_frame: 'first_frame',
  start_image: 'first_frame',
  end_frame: 'last_frame',
  end_image: 'last_frame',
  references: 'reference',
  seconds: 'duration',
  length: 'duration',
  ratio: 'aspect_ratio',
  aspect: 'aspect_ratio',
  dimensions: 'size',
  count: 'takes',
  tag: 'tags',
}

/** The column that an unknown name was probably meant to be. */
export function meantColumn(column: Column): ColumnName | 'options.' | undefined {
  const key = column.key.replaceAll(/[\s-]+/g, '_')
  if (/^options?[._]/.test(key)) return 'options.'
  const alias = Object.hasOwn(ALIASES, key) ? ALIASES[key] : undefined
  if (alias !== undefined) return alias
  const nearest = nearestName(key, COLUMNS)
  return nearest !== undefined && isKnown(nearest) ? nearest : undefined
}
