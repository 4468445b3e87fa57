import { existsSync } from 'node:fs'
import { statfs } from 'node:fs/promises'
import { dirname } from 'node:path'
import { findFfmpeg, searchHere } from './media/ffmpegPath.ts'
import { openReader } from './storage/openReader.ts'
import { readAbilities } from './media/ffmpegAbilities.ts'
import type { Tools } from './composeTools.ts'

/** One thing that was looked at. `bad` keeps work from being done; `warn` may. */
export interface Check {
  readonly name: string
  readonly state: 'good' | 'warn' | 'bad'
  readonly message: string
  /** What to do; null when nothing is. */
  readonly mend: string | null
}

export interface DoctorInput {
  readonly tools: Tools
  readonly outDir: string
  readonly env: Readonly<Record<string, string | undefined>>
}

const good = (name: string, message: string): Check => ({
  name,
  state: 'good',
  message,
  mend: null,
})

/** Looks at everything that work needs here. Changes nothing, calls nobody. */
export async function checkHere({ tools, outDir, env }: DoctorInput): Promise<readonly Check[]> {
  return [
    good('node', `Node ${process.versions.node} on ${process.platform} ${process.arch}`),
    await ffmpegCheck(tools, env),
    dataCheck(tools),
    await diskCheck('disk of the data folder', tools.paths.dataDir),
    await diskCheck('disk of the media folder', outDir),
    ...keyChecks(tools),
    catalogueCheck(tools),
    ...offersChecks(tools),
    ...questionChecks(tools),
    clockCheck(Date.now(), tools),
  ]
}

async function ffmpegCheck({ ffmpeg }: Tools, env: DoctorInput['env']): Promise<Check> {
  const found = findFfmpeg({ ...searchHere(null), env })
  const name = 'ffmpeg'
  if (!found.ok) return { name, state: 'bad', message: found.error.message, mend: null }
  const { path } = found.value
  const able = await readAbilities(ffmpeg, AbortSignal.timeout(30_000))
  if (!able.ok) return { name, state: 'bad', message: able.error.message, mend: null }
  const { version, missing } = able.value
  if (missing.length === 0) return good(name, `${version} at ${path}`)
  return {
    name,
    state: 'warn',
    message: `${version} at ${path} lacks ${missing.join(', ')}.`,
    mend: 'Install a full build, or set FFMPEG_PATH to one.',
  }
}

function dataCheck({ paths }: Tools): Check {
  const name = 'data folder'
  if (!existsSync(paths.dataDir))
    return good(name, `${paths.dataDir} will be made by the first run`)
  if (!existsSync(paths.database)) return good(name, `${paths.dataDir} is empty so far`)
  const reader = openReader(paths.database)
  if (reader.ok) {
    reader.value.close()
    return good(name, paths.dataDir)
  }
  return { name, state: 'bad', message: reader.error.message, mend: null }
}

const GIB = 2 ** 30
/** Bytes; a night of clips needs more. */
const LITTLE_ROOM = 2 * GIB

async function diskCheck(name: string, folder: string): Promise<Check> {
  let existing = folder
  while (!existsSync(existing) && dirname(existing) !== existing) existing = dirname(existing)
  try {
    const { bavail, bsize } = await statfs(existing)
    const free = bavail * bsize
    const message = `${(free / GIB).toFixed(1)} GiB free for ${folder}`
    if (free >= LITTLE_ROOM) return good(name, message)
    return { name, state: 'warn', message, mend: 'Make room before a long run.' }
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error)
    return {
      name,
      state: 'bad',
      message: `${folder} cannot be looked at: ${why}`,
      mend: 'Choose another folder.',
    }
  }
}

/** Whether a key is there; never the key. */
function keyChecks({ providers, credentials, targetOf }: Tools): readonly Check[] {
  return [...providers.values()].map(({ id, traits }): Check => {
    const target = targetOf(id)
    if (target?.ok === false) {
      return { name: id, state: 'bad', message: target.error.message, mend: null }
    }
    if (!traits.paid) return good(id, 'needs no key')
    if (credentials.of(id).length > 0) return good(id, 'a key is present')
    const mend = `Set ${traits.keyVariable ?? 'its variable'} to use it.`
    return { name: id, state: 'warn', message: 'no key.', mend }
  })
}

function catalogueCheck({ catalogue, catalogueProblems }: Tools): Check {
  const name = 'catalogue'
  const problems = catalogueProblems()
  const [first] = problems
  if (first === undefined) return good(name, `${catalogue.models.length} models`)
  const place = first.place === '' ? first.file : `${first.file}, ${first.place}`
  const more = problems.length > 1 ? ` and ${problems.length - 1} more` : ''
  return { name, state: 'warn', message: `${place}: ${first.message}${more}`, mend: first.mend }
}

/** When providers that have a list were last asked for it. */
function offersChecks({ providers, credentials, offerLists }: Tools): readonly Check[] {
  const listing = [...providers.values()].filter(
    (one) => one.availableEndpoints !== undefined && credentials.of(one.id).length > 0,
  )
  return listing.map(({ id, name }) => {
    const list = offerLists.of(id)
    const words =
      list === null
        ? `${name} was never asked; the app asks once a day, models --refresh at once`
        : `${name} was asked at ${new Date(list.askedAt).toISOString()} and lists ${list.endpoints.length} models`
    return good('models on offer', words)
  })
}

/** What a price question bought is in the queue once an engine has run here. */
function questionChecks({ questionBook, paths }: Tools): readonly Check[] {
  const name = 'price questions'
  const found: Check[] = []
  let [waiting, open] = [0, 0]
  try {
    waiting = questionBook.sales().length
    open = questionBook.unanswered()
  } catch (error) {
    const message = `${paths.priceQuestions} cannot be read: ${String(error)}.`
    found.push({ name, state: 'warn', message, mend: 'Allow reading it; none is asked before.' })
  }
  if (waiting > 0)
    found.push({
      name,
      state: 'warn',
      message: `${waiting} taken for an order, not yet in the queue.`,
      mend: 'Start the app, or run resume: the clip is fetched.',
    })
  if (open > 0)
    found.push({
      name,
      state: 'warn',
      message: `${open} without an answer, in ${paths.priceQuestions}.`,
      mend: 'Ask the same again: it shows whether something was bought, and buys nothing twice.',
    })
  return found
}

/** Nights and caps go by the clock: one that stands before the catalogue's own dates is wrong. */
function clockCheck(now: number, { catalogue }: Tools): Check {
  const name = 'clock'
  const zone = Intl.DateTimeFormat().resolvedOptions().timeZone
  const message = `${new Date(now).toISOString()}, time zone ${zone}`
  const newest = catalogue.models.map(({ checkedOn }) => Date.parse(checkedOn))
  if (now >= Math.max(0, ...newest)) return good(name, message)
  return {
    name,
    state: 'bad',
    message: `${message} is in the past.`,
    mend: "Set the system's clock.",
  }
}
