import type { Line } from '../helpers/engineChild.ts'
import type { HostedId } from '../helpers/providerBench.ts'
import type { FaultHow, RequestKind, ServerControl } from '../servers/types.ts'
import { openLab, type LabResult } from './lab.ts'

/** One request in ten of each kind goes wrong. */
const EVERY = 10
const REPORT_MS = 1_000
/** Beyond this share and this much, memory is not flat. */
const GROWTH = { share: 1.15, bytes: 6_000_000 }
const MORE_HANDLES = 6

const FAULTS: Readonly<Partial<Record<RequestKind, readonly FaultHow[]>>> = {
  create: [
    { kind: 'status', status: 503, retryAfter: '1' },
    { kind: 'status', status: 429, retryAfter: '1' },
    { kind: 'destroy', when: 'afterBody' },
  ],
  look: [{ kind: 'status', status: 500 }, { kind: 'half' }],
  file: [{ kind: 'truncate' }, { kind: 'status', status: 502 }],
}

export interface Soak extends LabResult {
  readonly jobs: number
  readonly seconds: number
  /** Megabytes in use after a collection, at a quarter, half, three quarters and the end. */
  readonly heapMegabytes: readonly number[]
  readonly handles: readonly number[]
}

/** Many jobs through one engine, one request in ten wrong: memory and handles must stay where they were. */
export async function playSoak(
  { provider, jobs }: { readonly provider: HostedId; readonly jobs: number },
  random: () => number,
): Promise<Soak> {
  const settings = { renders: { mode: 'clock', minMs: 5, maxMs: 40 } } as const
  const lab = await openLab({ provider, jobs, settings })
  try {
    await spoil(lab.server, jobs, random)
    const begin = performance.now()
    const last = await lab.start({ reportMs: REPORT_MS, timeScale: 200, pollMs: 10 }).ended
    const seconds = Math.round((performance.now() - begin) / 1000)
    const result = await lab.result(last)
    const usage = last.lines.filter(({ event }) => event === 'usage')
    const heapMegabytes = atQuarters(usage, 'heapUsed').map(
      (bytes) => Math.round(bytes / 100_000) / 10,
    )
    const handles = atQuarters(usage, 'handles')
    const problems = [...result.problems, ...unsteady(usage)]
    return { ...result, problems, jobs, seconds, heapMegabytes, handles }
  } finally {
    await lab.close()
  }
}

async function spoil(server: ServerControl, jobs: number, random: () => number): Promise<void> {
  for (const [on, hows] of Object.entries(FAULTS) as [RequestKind, readonly FaultHow[]][])
    for (let at = 0; at < jobs; at += EVERY) {
      const how = hows[Math.floor(random() * hows.length)]
      if (how === undefined) continue
      // Taken and unanswered: found in the list. What was never taken would end with the person.
      const accept = how.kind === 'destroy' ? true : undefined
      const skip = at + Math.floor(random() * EVERY)
      await server.fault({ on, how, skip, ...(accept === undefined ? {} : { accept }) })
    }
}

const numberIn = (line: Line | undefined, name: string): number => Number(line?.[name] ?? 0)

/** The middle of what was measured around each quarter. */
function atQuarters(usage: readonly Line[], name: string): number[] {
  const length = Math.ceil(usage.length / 4)
  return [0, 1, 2, 3].map((quarter) => {
    const values = usage
      .slice(quarter * length, (quarter + 1) * length)
      .map((line) => numberIn(line, name))
      .toSorted((a, b) => a - b)
    return values[Math.floor(values.length / 2)] ?? 0
  })
}

/** The first quarter fills caches; from the second on nothing may grow. */
function unsteady(usage: readonly Line[]): string[] {
  if (usage.length < 8) return []
  const [, before = 0, , after = 0] = atQuarters(usage, 'heapUsed')
  const [, open = 0, , left = 0] = atQuarters(usage, 'handles')
  return [
    ...(after > before * GROWTH.share && after - before > GROWTH.bytes
      ? [`memory: ${before} bytes in the second quarter, ${after} in the last`]
      : []),
    ...(left > open + MORE_HANDLES
      ? [`handles: ${open} in the second quarter, ${left} in the last`]
      : []),
  ]
}
