import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { ModelId } from '../../shared/domain/ids.ts'
import { resolveModel } from '../../shared/domain/resolveModel.ts'
import type { Model } from '../../shared/domain/route.ts'
import type { Catalogue, RouteRules } from './catalogue.ts'
import { errorCode } from './errorCode.ts'
import { createCatalogue } from './createCatalogue.ts'
import { parseModelFile, type CatalogueFile, type FileProblem } from './modelFile.ts'

export interface CatalogueFolders {
  /** The app's own files, `resources/models`. */
  readonly bundled: string
  /** The person's; null or a folder that does not exist means that there are none. */
  readonly own: string | null
}

export interface LoadedCatalogue {
  readonly catalogue: Catalogue
  /** Files that are not used, and why. They never stop the others. */
  readonly problems: readonly FileProblem[]
}

/**
 * Reads every `*.json` of both folders. A file of the person's own adds a model, takes the place of
 * one with the same id, or changes prices alone.
 */
export async function loadCatalogue(
  folders: CatalogueFolders,
  rules?: RouteRules,
): Promise<LoadedCatalogue> {
  const bundled = await readFolder(folders.bundled)
  const own = folders.own === null ? NOTHING : await readFolder(folders.own)
  const models = new Map<ModelId, Model>()
  const problems = [...bundled.problems, ...own.problems]
  for (const { read } of bundled.files) {
    if (read.kind === 'model') models.set(read.model.id, resolveModel(read.model, false))
  }
  for (const { read } of own.files) {
    if (read.kind === 'model') models.set(read.model.id, resolveModel(read.model, true))
  }
  for (const { file, read } of own.files) {
    if (read.kind === 'prices') problems.push(...applyPrices(models, { file, read }))
  }
  const sorted = [...models.values()].toSorted((a, b) => (a.id < b.id ? -1 : 1))
  return { catalogue: createCatalogue(sorted, rules), problems }
}

interface ReadFile<Kind extends CatalogueFile = CatalogueFile> {
  readonly file: string
  readonly read: Kind
}
interface ReadFolder {
  readonly files: readonly ReadFile[]
  readonly problems: readonly FileProblem[]
}
const NOTHING: ReadFolder = { files: [], problems: [] }

async function readFolder(folder: string): Promise<ReadFolder> {
  const names = await listFolder(folder)
  const read = await Promise.all(names.map((name) => readOne(join(folder, name))))
  return {
    files: read.flatMap((one) => one.files),
    problems: read.flatMap((one) => one.problems),
  }
}

async function listFolder(folder: string): Promise<readonly string[]> {
  try {
    const names = await readdir(folder)
    return names.filter((name) => name.endsWith('.json')).toSorted()
  } catch (error) {
    if (['ENOENT', 'ENOTDIR'].includes(errorCode(error))) return []
    throw error
  }
}

async function readOne(file: string): Promise<ReadFolder> {
  const text = await readFile(file, 'utf8').catch((error: unknown) => {
    return error instanceof Error ? error : new Error('unreadable')
  })
  if (text instanceof Error) {
    const mend = 'See that the file can be read, or remove it.'
    return {
      files: [],
      problems: [{ file, place: '', message: `It cannot be read: ${text.message}`, mend }],
    }
  }
  const parsed = parseModelFile(file, text)
  return parsed.ok
    ? { files: [{ file, read: parsed.value }], problems: [] }
    : { files: [], problems: parsed.error }
}

/** Puts a person's prices in place; prices of a route that does not exist are a problem. */
function applyPrices(
  models: Map<ModelId, Model>,
  { file, read }: ReadFile<CatalogueFile & { kind: 'prices' }>,
): FileProblem[] {
  const { id, prices } = read.prices
  const model = models.get(id)
  if (model === undefined) {
    const message = `There is no model ${id}.`
    return [{ file, place: 'id', message, mend: 'Correct the id; `dailies models` lists them.' }]
  }
  const known = model.routes.map((route) => route.id)
  const routes = model.routes.map((route) => ({
    ...route,
    prices: prices[route.id] ?? route.prices,
  }))
  models.set(id, { ...model, routes, isOwn: true })
  return Object.keys(prices)
    .filter((route) => !known.includes(route))
    .map((route) => ({
      file,
      place: `prices.${route}`,
      message: `${id} has no route ${route}.`,
      mend: `Its routes are ${known.join(', ')}.`,
    }))
}
