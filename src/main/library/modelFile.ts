import type { z } from 'zod'
import {
  modelFileSchema,
  priceFileSchema,
  type ModelFile,
  type PriceFile,
} from '../../shared/domain/catalogue.ts'
import { err, ok, type Result } from '../../shared/domain/result.ts'
import { checkModel } from './modelChecks.ts'
import { parseJson } from '../../shared/domain/json.ts'

/** One thing wrong with a catalogue file, at its place, with its mend. */
export interface FileProblem {
  readonly file: string
  /** E.g. `routes[0].modes.textToVideo.endpoint`; empty for the file as a whole. */
  readonly place: string
  readonly message: string
  readonly mend: string
}

export type CatalogueFile =
  | { readonly kind: 'model'; readonly model: ModelFile }
  | { readonly kind: 'prices'; readonly prices: PriceFile }

/** Zod would make a function of each schema first, which takes longer than reading all files. */
const READ_ONCE = { jitless: true } as const

const MEND = 'Correct it as docs/adding-a-model.md shows; until then the file is not used.'

/** Reads one file of the catalogue. With `prices` and no `routes` it changes nothing but prices. */
export function parseModelFile(
  file: string,
  text: string,
): Result<CatalogueFile, readonly FileProblem[]> {
  const problem = (place: string, message: string): FileProblem => ({
    file,
    place,
    message,
    mend: MEND,
  })
  const json = readJson(text)
  if (!json.ok) return err([problem('', `It is not JSON: ${json.error}`)])
  const isPrices = isObject(json.value) && 'prices' in json.value && !('routes' in json.value)
  if (isPrices) {
    const read = priceFileSchema.safeParse(json.value, READ_ONCE)
    if (read.success) return ok({ kind: 'prices', prices: read.data })
    return err(issuesOf(read.error).map(({ place, message }) => problem(place, message)))
  }
  const read = modelFileSchema.safeParse(json.value, READ_ONCE)
  if (!read.success) {
    return err(issuesOf(read.error).map(({ place, message }) => problem(place, message)))
  }
  const faults = checkModel(read.data)
  if (faults.length === 0) return ok({ kind: 'model', model: read.data })
  return err(faults.map(({ place, message }) => problem(place, message)))
}

const isObject = (value: unknown): value is object => typeof value === 'object' && value !== null

function readJson(text: string): Result<unknown, string> {
  try {
    // A byte order mark is what some editors leave behind.
    return ok(parseJson(text.replace(/^\uFEFF/, '')))
  } catch (error) {
    return err(error instanceof Error ? error.message : 'unreadable')
  }
}

interface Issue {
  readonly place: string
  readonly message: string
}

function issuesOf(error: z.ZodError): Issue[] {
  return error.issues.flatMap((issue) => flatten(issue, []))
}

/** A union says only "invalid input"; the branch that came furthest says what is wrong. */
function flatten(issue: z.core.$ZodIssue, base: readonly PropertyKey[]): Issue[] {
  const path = [...base, ...issue.path]
  if (issue.code === 'invalid_union' && issue.errors.length > 0) {
    const depth = (branch: readonly z.core.$ZodIssue[]) =>
      Math.max(...branch.map((one) => one.path.length))
    const [best = []] = issue.errors.toSorted((a, b) => depth(b) - depth(a))
    return best.flatMap((one) => flatten(one, path))
  }
  if (issue.code === 'unrecognized_keys') {
    return issue.keys.map((key) => ({
      place: placeOf([...path, key]),
      message: 'is not a field that model files have',
    }))
  }
  return [{ place: placeOf(path), message: issue.message }]
}

function placeOf(path: readonly PropertyKey[]): string {
  return path
    .map((key, index) => {
      if (typeof key === 'number') return `[${key}]`
      return index === 0 ? String(key) : `.${String(key)}`
    })
    .join('')
}
