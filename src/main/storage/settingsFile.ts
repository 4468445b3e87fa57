import { copyFileSync, readFileSync, renameSync } from 'node:fs'
import { basename } from 'node:path'
import { settingsSchema, type Settings } from '../../shared/domain/settings.ts'
import { parseJson } from '../../shared/domain/json.ts'

export interface SettingsRead {
  readonly settings: Settings
  /** What was wrong with the file, in words for the person; null when nothing was. */
  readonly notice: string | null
  /** False: something is wrong with the file and it could not be moved aside, so it must stay as it is. */
  readonly mayWrite: boolean
}

/**
 * Reads settings as an older, newer or broken file has them: every part that is right is kept, the
 * rest falls back to its default. A file with anything wrong is kept aside.
 */
export function readSettings(path: string, now: () => number): SettingsRead {
  const text = textOf(path)
  if (text === null) return { settings: settingsSchema.parse({}), ...FINE }
  const found = objectIn(text)
  const { settings, wrong } = partsOf(found ?? {})
  if (found !== null && wrong.length === 0) return { settings, ...FINE }
  const aside = keepAside(path, now())
  const where = aside === null ? LEFT : ` The old file is kept as ${aside}.`
  const notice =
    found === null
      ? `The settings file could not be read, so every setting is at its default.${where}`
      : `Some settings were not valid and are at their defaults: ${wrong.join(', ')}.${where}`
  return { settings, notice, mayWrite: aside !== null }
}

const FINE = { notice: null, mayWrite: true }
const LEFT =
  ' It could not be moved aside and is left as it is, so no setting can be changed. Mend or remove settings.json in the data folder, then start again.'

function textOf(path: string): string | null {
  try {
    return readFileSync(path, 'utf8')
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return null
    return ''
  }
}

function objectIn(text: string): Record<string, unknown> | null {
  try {
    const value: unknown = parseJson(text)
    const isObject = typeof value === 'object' && value !== null && !Array.isArray(value)
    return isObject ? (value as Record<string, unknown>) : null
  } catch {
    return null
  }
}

function partsOf(found: Record<string, unknown>): { settings: Settings; wrong: string[] } {
  const parts = Object.entries(settingsSchema.shape).map(([name, schema]) => {
    const parsed = schema.safeParse(found[name])
    return { name, isRight: parsed.success, value: parsed.success ? parsed.data : undefined }
  })
  const wrong = parts.filter(({ isRight }) => !isRight).map(({ name }) => name)
  const right = Object.fromEntries(parts.map(({ name, value }) => [name, value]))
  return { settings: settingsSchema.parse(right), wrong }
}

/**
 * The name of the copy; null when there can be none. A copy, since a crash before the new file is there
 * must leave the old one; what cannot be read can only be moved.
 */
function keepAside(path: string, at: number): string | null {
  const day = new Date(at).toISOString().replaceAll(/[:.]/g, '-')
  const aside = `${path.replace(/\.json$/, '')}.broken-${day}.json`
  for (const keep of [copyFileSync, renameSync])
    try {
      keep(path, aside)
      return basename(aside)
    } catch {
      continue // the next way, or none
    }
  return null
}
