import { mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs'
import { dirname } from 'node:path'
import { z } from 'zod'
import type { ProviderId } from '../../shared/domain/ids.ts'
import { parseJson } from '../../shared/domain/json.ts'

const listSchema = z.object({
  /** Epoch ms. */
  askedAt: z.number(),
  /** Where it was asked: another server's list says nothing of this one. */
  askedOf: z.string(),
  endpoints: z.array(z.string()),
})
const fileSchema = z.object({ version: z.literal(1), lists: z.record(z.string(), listSchema) })

/** What a provider offered when it was last asked. */
export type OfferList = Readonly<z.infer<typeof listSchema>>

/** The lists of all providers, kept in one small file of the data folder. */
export interface OfferLists {
  of(provider: ProviderId): OfferList | null
  keep(provider: ProviderId, list: OfferList): void
  /** Another process may have asked meanwhile. */
  reload(): void
}

/** Opens the lists; makes no file. One that cannot be read counts as never asked. */
export function openOfferLists(path: string): OfferLists {
  let lists = readLists(path)
  return {
    of: (provider) => lists[provider] ?? null,
    keep(provider, list) {
      lists = { ...readLists(path), [provider]: list }
      mkdirSync(dirname(path), { recursive: true })
      const part = `${path}.new`
      writeFileSync(part, `${JSON.stringify({ version: 1, lists })}\n`)
      renameSync(part, path)
    },
    reload() {
      lists = readLists(path)
    },
  }
}

function readLists(path: string): Readonly<Record<ProviderId, OfferList>> {
  try {
    return fileSchema.parse(parseJson(readFileSync(path, 'utf8'))).lists
  } catch {
    return {} // none yet, or none that can be read: the next question writes it anew
  }
}
