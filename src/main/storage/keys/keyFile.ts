import {
  closeSync,
  copyFileSync,
  fsyncSync,
  openSync,
  readFileSync,
  renameSync,
  writeSync,
} from 'node:fs'
import { basename } from 'node:path'
import { z } from 'zod'
import { providerIdSchema } from '../../../shared/domain/ids.ts'
import { parseJson } from '../../../shared/domain/json.ts'

/** A key as it lies on disk. `secret` is base64 of the encrypted key, or the key itself. */
const keptKeySchema = z.object({
  id: z.string().min(1).max(60),
  provider: providerIdSchema,
  name: z.string().min(1).max(60),
  last4: z.string().max(4),
  addedAt: z.number(),
  place: z.enum(['keyring', 'file']),
  secret: z.string().min(1).max(8000),
})
export type KeptKey = z.infer<typeof keptKeySchema>

const fileSchema = z.object({ version: z.literal(1), keys: z.array(keptKeySchema).max(200) })

export interface KeyFileRead {
  readonly keys: readonly KeptKey[]
  /** What was wrong with the file, for the person; null when nothing was. Never holds what it held. */
  readonly notice: string | null
  /** False: writing would replace what could not be read and could not be kept aside. */
  readonly mayReplace: boolean
}

/** A file that cannot be read is moved aside, so that nothing in it is lost by the next write. */
export function readKeyFile(path: string, options: { readonly keepAside: boolean }): KeyFileRead {
  const text = textOf(path)
  if (text === null) return { keys: [], notice: null, mayReplace: true }
  const parsed = fileSchema.safeParse(jsonOf(text))
  if (parsed.success) return { keys: parsed.data.keys, notice: null, mayReplace: true }
  const aside = options.keepAside ? putAside(path) : null
  const where = aside === null ? '' : ` The old file is kept as ${aside}.`
  return {
    keys: [],
    notice: `The file of keys could not be read, so no key is kept now. Add them again in Settings.${where}`,
    mayReplace: aside !== null,
  }
}

/** Whole or not at all, and readable by its owner only from its first byte on. */
export function writeKeyFile(path: string, keys: readonly KeptKey[]): void {
  const temporary = `${path}.new`
  const file = openSync(temporary, 'w', OWNER_ONLY)
  try {
    writeSync(file, `${JSON.stringify({ version: 1, keys }, null, 2)}\n`)
    fsyncSync(file)
  } finally {
    closeSync(file)
  }
  renameSync(temporary, path)
}

const OWNER_ONLY = 0o600

function textOf(path: string): string | null {
  try {
    return readFileSync(path, 'utf8')
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'ENOENT' ? null : ''
  }
}

function jsonOf(text: string): unknown {
  try {
    return parseJson(text)
  } catch {
    return null
  }
}

function putAside(path: string): string | null {
  const aside = `${path.replace(/\.json$/, '')}.broken.json`
  try {
    copyFileSync(path, aside)
    return basename(aside)
  } catch {
    return null
  }
}
