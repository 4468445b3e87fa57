import { spawnSync } from 'node:child_process'
import { renameSync, rmSync, statfsSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { appPaths } from '../../src/main/storage/appPaths.ts'
import { connect } from '../../src/main/storage/sqlite.ts'
import type { EngineChild } from '../helpers/engineChild.ts'
import type { EngineOrders } from '../helpers/engineProcess.ts'
import type { Fault, FaultHow, RequestKind, ServerSettings } from '../servers/types.ts'
import type { Lab, LabResult } from './lab.ts'

/** Something that goes wrong around an engine, and is put right again. */
export interface Trouble {
  readonly name: string
  readonly settings?: Partial<ServerSettings>
  /** In millionths; each job is estimated at 100,000. */
  readonly capMicros?: number
  readonly faults?: readonly Fault[]
  /** While the engine works; null: it cannot be done on this machine. */
  readonly meanwhile?: (lab: Lab, engine: EngineChild) => Promise<null | void>
  /** What SIGUSR2 does to the engine. */
  readonly orders?: Pick<EngineOrders, 'shiftMs' | 'losesNames'>
  readonly host?: string
  /** A problem in words, or null. */
  readonly expects?: (result: Counted) => string | null
}
type Counted = Pick<LabResult, 'accepted' | 'takes' | 'needsYou'>

/** It goes on by itself: nothing is left with a person. */
const allDelivered = ({ accepted, takes, needsYou }: Counted): string | null =>
  takes === accepted && needsYou === 0
    ? null
    : `left: of ${accepted} taken ${takes} were delivered, ${needsYou} ask a person`

const HOUR_MS = 3_600_000
/** Long enough for some jobs to be at every step, short enough for others to be left. */
const MIDDLE_MS = 900

const slowly = { renders: { mode: 'clock', minMs: 100, maxMs: 600 }, fileBytes: 300_000 } as const

/** One fault each, spread over the first requests of a kind. */
const spread = (on: RequestKind, hows: readonly FaultHow[], more: Partial<Fault> = {}): Fault[] =>
  hows.map((how, index) => ({ on, how, skip: index * 2, ...more }))

const status = (code: number, more: object = {}): FaultHow => ({
  kind: 'status',
  status: code,
  ...more,
})

const STATUSES: readonly FaultHow[] = [
  status(429),
  status(429, { retryAfter: '20' }),
  status(500),
  status(502, { body: 'html' }),
  status(503, { retryAfter: '20' }),
  status(504),
  { kind: 'html' },
  { kind: 'cut' },
]

export const TROUBLES: readonly Trouble[] = [
  {
    name: 'connection lost before the create',
    faults: spread(
      'create',
      Array.from({ length: 4 }, () => ({ kind: 'destroy', when: 'beforeBody' })),
    ),
  },
  {
    name: 'create taken, answer lost',
    expects: allDelivered,
    faults: spread(
      'create',
      [{ kind: 'destroy', when: 'afterBody' }, { kind: 'half' }, { kind: 'noId' }],
      { accept: true },
    ),
  },
  { name: 'statuses and garbage to creates', faults: spread('create', STATUSES) },
  {
    name: 'statuses and garbage to looks',
    expects: allDelivered,
    faults: spread('look', [
      ...STATUSES,
      { kind: 'half' },
      { kind: 'noId' },
      { kind: 'unknownStatus' },
      { kind: 'wrongTypes' },
      { kind: 'slow', ms: 400 },
      { kind: 'hang' },
    ]),
  },
  {
    name: 'answers of wrong types to creates',
    expects: allDelivered,
    faults: spread('create', [{ kind: 'wrongTypes' }, { kind: 'noId' }, { kind: 'cut' }]),
  },
  {
    name: 'a provider whose clock is 2 h behind, answers lost',
    expects: allDelivered,
    settings: { clockOffsetMs: -2 * HOUR_MS },
    faults: spread('create', [{ kind: 'destroy', when: 'afterBody' }, { kind: 'half' }], {
      accept: true,
    }),
  },
  {
    name: 'bad clips',
    expects: allDelivered,
    settings: { fileBytes: 300_000 },
    faults: spread('file', [
      { kind: 'truncate' },
      { kind: 'truncate', chunked: true },
      { kind: 'wrongLength' },
      { kind: 'empty' },
      { kind: 'html' },
      { kind: 'half' },
      { kind: 'newEtag' },
      { kind: 'redirect', to: 'http://169.254.169.254/clip.mp4' },
    ]),
  },
  { name: 'links that expire', settings: { ...slowly, linkLifeMs: 60 } },
  {
    name: 'jobs race for the last cent',
    settings: slowly,
    capMicros: 1_050_000,
    expects: ({ accepted }) =>
      accepted <= 10 ? null : `cap: ${accepted} creates of 0.10 were sent under a cap of 1.05`,
  },
  { name: 'disk full', expects: allDelivered, settings: slowly, meanwhile: fillDisk },
  { name: 'folder of takes gone', expects: allDelivered, settings: slowly, meanwhile: hideFolder },
  {
    name: 'folder of takes read-only',
    expects: allDelivered,
    settings: slowly,
    meanwhile: lockFolder,
  },
  { name: 'database locked', expects: allDelivered, settings: slowly, meanwhile: lockDatabase },
  {
    name: 'sleep for 8 h',
    expects: allDelivered,
    settings: slowly,
    meanwhile: sleepOn,
    orders: { shiftMs: 8 * HOUR_MS },
  },
  {
    name: 'clock set back 2 h',
    expects: allDelivered,
    settings: slowly,
    meanwhile: setClock,
    orders: { shiftMs: -2 * HOUR_MS },
  },
  {
    name: 'clock set ahead by a month',
    expects: allDelivered,
    settings: slowly,
    meanwhile: setClock,
    orders: { shiftMs: 31 * 24 * HOUR_MS },
  },
  {
    name: 'names cannot be looked up for a while',
    expects: allDelivered,
    settings: slowly,
    host: 'localhost',
    meanwhile: loseNames,
    orders: { losesNames: true },
  },
  {
    name: 'a web page in place of every answer',
    settings: slowly,
    faults: [{ on: 'any', how: { kind: 'html' }, skip: 24, times: 24 }],
  },
]

const isMounted = (lab: Lab): boolean =>
  spawnSync('mount', ['-t', 'tmpfs', '-o', 'size=120m', 'dailies-chaos', lab.outDir]).status === 0
export const unmount = (lab: Lab): void => void spawnSync('umount', ['-l', lab.outDir])

/** The folder of takes has no byte left for a while. */
async function fillDisk(lab: Lab, engine: EngineChild): Promise<null | void> {
  if (!isMounted(lab)) return null
  await pause(MIDDLE_MS)
  const ballast = join(lab.outDir, 'ballast')
  const { bavail, bsize } = statfsSync(lab.outDir)
  fill(ballast, bavail * bsize)
  await Promise.race([engine.seen('halted'), engine.ended])
  await pause(MIDDLE_MS)
  rmSync(ballast)
}

/** Writes until nothing more goes in: what the engine writes meanwhile takes its part. */
function fill(path: string, bytes: number): void {
  try {
    writeFileSync(path, Buffer.alloc(bytes))
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOSPC') throw error
  }
}

async function hideFolder(lab: Lab, engine: EngineChild): Promise<void> {
  await pause(MIDDLE_MS)
  renameSync(lab.outDir, `${lab.outDir}-away`)
  // Else it is simply made anew.
  writeFileSync(lab.outDir, 'no folder')
  await Promise.race([engine.seen('halted'), engine.ended])
  await pause(MIDDLE_MS)
  rmSync(lab.outDir)
  renameSync(`${lab.outDir}-away`, lab.outDir)
}

async function lockFolder(lab: Lab, engine: EngineChild): Promise<null | void> {
  if (!isMounted(lab)) return null
  await pause(MIDDLE_MS)
  const remount = (how: 'ro' | 'rw'): boolean =>
    spawnSync('mount', ['-o', `remount,${how}`, lab.outDir]).status === 0
  // Not while a file is open for writing.
  while (!remount('ro')) await pause(5)
  await Promise.race([engine.seen('halted'), pause(MIDDLE_MS * 3)])
  remount('rw')
}

async function lockDatabase(lab: Lab): Promise<void> {
  await pause(MIDDLE_MS)
  const db = connect(appPaths(lab.dataDir).database)
  db.exec('PRAGMA busy_timeout = 5000')
  db.exec('BEGIN IMMEDIATE')
  await pause(MIDDLE_MS * 2)
  db.exec('ROLLBACK')
  db.close()
}

async function sleepOn(_lab: Lab, engine: EngineChild): Promise<void> {
  await pause(MIDDLE_MS)
  engine.child.kill('SIGSTOP')
  await pause(MIDDLE_MS)
  // Delivered when it goes on: it wakes up later than it fell asleep.
  engine.child.kill('SIGUSR2')
  engine.child.kill('SIGCONT')
}

async function setClock(_lab: Lab, engine: EngineChild): Promise<void> {
  await pause(MIDDLE_MS)
  engine.child.kill('SIGUSR2')
}

async function loseNames(_lab: Lab, engine: EngineChild): Promise<void> {
  await pause(MIDDLE_MS)
  engine.child.kill('SIGUSR2')
  await Promise.race([engine.seen('nameLost'), engine.ended])
  await pause(MIDDLE_MS * 2)
  engine.child.kill('SIGUSR2')
}
