import { createHash, randomBytes } from 'node:crypto'
import {
  access,
  mkdir,
  open,
  readdir,
  readFile,
  rename,
  rm,
  stat,
  writeFile,
} from 'node:fs/promises'
import { join } from 'node:path'
import { recipeSchema, type RenderRecipe } from './recipe.ts'
import { parseJson } from '../../../shared/domain/json.ts'

/** Where rehearsal keeps what a provider would: one folder per operation, durable before it is named. */
export interface WorkFolder {
  /** Keeps the recipe; the same key gives the same operation, whenever it is asked. */
  begin(key: string, body: Uint8Array): Promise<string>
  /** Null when there is no such operation or its recipe cannot be read. */
  recipe(operationId: string): Promise<RenderRecipe | null>
  /** Path of the finished file; null while there is none. */
  finished(operationId: string): Promise<string | null>
  /** A name for one try, never given twice; what earlier tries left is removed. */
  newPart(operationId: string): Promise<string>
  /** Gives a whole render its name. */
  publish(operationId: string, partPath: string): Promise<void>
  /** Survives a restart, so that a cancelled render is not begun again. */
  cancel(operationId: string): Promise<void>
  isCancelled(operationId: string): Promise<boolean>
  /** Every operation here and when it began, epoch ms. */
  list(): Promise<readonly WorkEntry[]>
  forget(operationId: string): Promise<void>
}
export interface WorkEntry {
  readonly operationId: string
  readonly createdAtMs: number
  readonly body: Uint8Array
}

const OPERATION = /^rehearsal-[0-9a-f]{32}$/

export function openWorkFolder(root: string): WorkFolder {
  const folderOf = (id: string): string => join(root, OPERATION.test(id) ? id : 'unknown')
  const recipePath = (id: string): string => join(folderOf(id), 'recipe.json')
  const finalPath = (id: string): string => join(folderOf(id), 'render.mp4')
  const cancelPath = (id: string): string => join(folderOf(id), 'cancelled')
  return {
    begin: async (key, body) => {
      const id = `rehearsal-${createHash('sha256').update(key).digest('hex').slice(0, 32)}`
      await mkdir(folderOf(id), { recursive: true })
      if (!(await exists(recipePath(id)))) await writeDurably(recipePath(id), body)
      await sync(root)
      return id
    },
    recipe: async (id) => {
      const text = await readFile(recipePath(id), 'utf8').catch(() => null)
      const parsed = text === null ? null : recipeSchema.safeParse(parseRecipe(text))
      return parsed?.success === true ? parsed.data : null
    },
    finished: async (id) => ((await exists(finalPath(id))) ? finalPath(id) : null),
    newPart: async (id) => {
      const left = (await readdir(folderOf(id))).filter((name) => name.includes('.part'))
      // A renderer that outlived a crash of ours may still write one: it keeps its file, we another.
      for (const name of left) await rm(join(folderOf(id), name), { force: true })
      return join(folderOf(id), `render.${randomBytes(4).toString('hex')}.part.mp4`)
    },
    publish: async (id, partPath) => {
      await sync(partPath)
      await rename(partPath, finalPath(id))
    },
    cancel: (id) => writeFile(cancelPath(id), ''),
    isCancelled: (id) => exists(cancelPath(id)),
    list: async () => {
      const names = await readdir(root).catch(() => [])
      const found = await Promise.all(
        names.filter((name) => OPERATION.test(name)).map((name) => entryOf(name, recipePath(name))),
      )
      return found.flatMap((entry) => entry ?? [])
    },
    forget: (id) => rm(folderOf(id), { recursive: true, force: true }),
  }
}

async function entryOf(operationId: string, path: string): Promise<WorkEntry | null> {
  const found = await stat(path).catch(() => null)
  if (found === null) return null
  return { operationId, createdAtMs: found.mtimeMs, body: await readFile(path) }
}

async function writeDurably(path: string, body: Uint8Array): Promise<void> {
  const part = `${path}.new`
  await writeFile(part, body)
  await sync(part)
  await rename(part, path)
  await sync(join(path, '..'))
}

/** Forces a file or a folder's names to the disk; Windows has no such call for folders and needs none. */
async function sync(path: string): Promise<void> {
  const isFolder = (await stat(path)).isDirectory()
  if (isFolder && process.platform === 'win32') return
  const file = await open(path, isFolder ? 'r' : 'r+')
  try {
    await file.sync()
  } finally {
    await file.close()
  }
}

const exists = (path: string): Promise<boolean> =>
  access(path).then(
    () => true,
    () => false,
  )

function parseRecipe(text: string): unknown {
  try {
    return parseJson(text)
  } catch {
    // a recipe that a crash cut is as good as none
    return null
  }
}
