import { createHash } from 'node:crypto'
import { access, mkdir, open, readdir, readFile, rename, rm, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { recipeSchema, type RenderRecipe } from './recipe.ts'

/** Where rehearsal keeps what a provider would: one folder per operation, durable before it is named. */
export interface WorkFolder {
  /** Keeps the recipe; the same key gives the same operation, whenever it is asked. */
  begin(key: string, body: Uint8Array): Promise<string>
  /** Null when there is no such operation or its recipe cannot be read. */
  recipe(operationId: string): Promise<RenderRecipe | null>
  /** The finished file; null while there is none. */
  finished(operationId: string): Promise<{ readonly path: string; readonly bytes: number } | null>
  partPath(operationId: string): string
  /** Gives the whole render its name. */
  publish(operationId: string): Promise<void>
  /** Every operation here and when it began, epoch ms. */
  list(): Promise<
    readonly {
      readonly operationId: string
      readonly createdAtMs: number
      readonly body: Uint8Array
    }[]
  >
  forget(operationId: string): Promise<void>
}

const OPERATION = /^rehearsal-[0-9a-f]{32}$/

export function openWorkFolder(root: string): WorkFolder {
  const folderOf = (id: string): string => join(root, OPERATION.test(id) ? id : 'unknown')
  const recipePath = (id: string): string => join(folderOf(id), 'recipe.json')
  const finalPath = (id: string): string => join(folderOf(id), 'render.mp4')
  const partPath = (id: string): string => join(folderOf(id), 'render.part.mp4')
  return {
    begin: async (key, body) => {
      const id = `rehearsal-${createHash('sha256').update(key).digest('hex').slice(0, 32)}`
      await mkdir(folderOf(id), { recursive: true })
      if (!(await exists(recipePath(id)))) await writeDurably(recipePath(id), body)
      return id
    },
    recipe: async (id) => {
      const text = await readFile(recipePath(id), 'utf8').catch(() => null)
      const parsed = text === null ? null : recipeSchema.safeParse(parseJson(text))
      return parsed?.success === true ? parsed.data : null
    },
    finished: async (id) => {
      const found = await stat(finalPath(id)).catch(() => null)
      return found === null ? null : { path: finalPath(id), bytes: found.size }
    },
    partPath,
    publish: (id) => rename(partPath(id), finalPath(id)),
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

async function entryOf(operationId: string, path: string) {
  const found = await stat(path).catch(() => null)
  if (found === null) return null
  return { operationId, createdAtMs: found.birthtimeMs, body: await readFile(path) }
}

async function writeDurably(path: string, body: Uint8Array): Promise<void> {
  const part = `${path}.part`
  const file = await open(part, 'w')
  try {
    await file.writeFile(body)
    await file.sync()
  } finally {
    await file.close()
  }
  await rename(part, path)
}

const exists = (path: string): Promise<boolean> =>
  access(path).then(
    () => true,
    () => false,
  )

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    // a recipe that a crash cut is as good as none
    return null
  }
}
