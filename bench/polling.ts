import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { nextPollMs } from '../src/main/jobs/pollPlan.ts'
import { jobRows } from '../src/main/storage/jobStore/jobRows.ts'
import { MIGRATIONS } from '../src/main/storage/migrations/index.ts'
import { revisionsFrom } from '../src/main/storage/revisions.ts'
import { connect } from '../src/main/storage/sqlite.ts'
import { bestDelayMs, type Spread } from './bestPolls.ts'
import { report, type BenchRow } from './table.ts'

/**
 * How late a finished render is noticed and what that costs in requests, beside a poll every 5 s. The
 * times are learned as in the engine: from its table, which keeps the last renders of a route as they
 * were noticed. Beside the best delay that any plan could have at half the requests. Simulated and the same in every run: no clock, no network.
 */
const RENDERS = 1_000
const FIXED_MS = 5_000
/** What the adapters of paid providers allow. */
const FLOOR_MS = 1_000

const folder = mkdtempSync(join(tmpdir(), 'dailies-bench-'))
const db = connect(join(folder, 'dailies.db'))
try {
  for (const { sql } of MIGRATIONS) db.exec(sql)
  report('polling', [
    ...rows('renders of 75 s, one in three off by 10 %', { medianMs: 75_000, spread: 0.1 }),
    ...rows('renders of 75 s, one in three off by 20 %', { medianMs: 75_000, spread: 0.2 }),
    ...rows('renders of 240 s, one in three off by 10 %', { medianMs: 240_000, spread: 0.1 }),
  ])
} finally {
  db.close()
  rmSync(folder, { recursive: true })
}

function rows(name: string, renders: Spread): readonly BenchRow[] {
  const { looks, delayMs, fixedLooks, fixedDelayMs } = follow(name, renders)
  const comparison = 'a poll every 5 s'
  const best = bestDelayMs(renders, { looks: fixedLooks / 2, floorMs: FLOOR_MS }) / fixedDelayMs
  const aim = 'at most half'
  return [
    {
      name: `${name}: noticed after`,
      figure: delayMs / 1_000,
      unit: 's',
      comparison,
      compared: fixedDelayMs / 1_000,
      ratio: delayMs / fixedDelayMs,
      aim: `at most half (best possible: ${best.toFixed(2)})`,
      met: delayMs / fixedDelayMs <= 0.5,
    },
    {
      name: `${name}: requests`,
      figure: looks,
      unit: 'each',
      comparison,
      compared: fixedLooks,
      ratio: looks / fixedLooks,
      aim,
      met: looks / fixedLooks <= 0.5,
    },
  ]
}

/** Means over all renders, those before anything was learned among them. */
function follow(route: string, { medianMs, spread }: Spread) {
  const { renderTimes, addRenderTime } = jobRows(db, revisionsFrom(db))
  const sum = { looks: 0, delayMs: 0, fixedLooks: 0, fixedDelayMs: 0 }
  const next = numbers()
  for (let at = 0; at < RENDERS; at += 1) {
    const finish = medianMs * Math.exp(spread * normal(next))
    const times = renderTimes(route)
    let elapsedMs = 0
    do {
      elapsedMs += nextPollMs({ elapsedMs, times, floorMs: FLOOR_MS, failures: 0 })
      sum.looks += 1
    } while (elapsedMs < finish)
    sum.delayMs += elapsedMs - finish
    const fixedLooks = Math.ceil(finish / FIXED_MS)
    sum.fixedLooks += fixedLooks
    sum.fixedDelayMs += fixedLooks * FIXED_MS - finish
    addRenderTime({ route, at, renderMs: Math.round(elapsedMs), outputSeconds: 5, bytes: 1 })
  }
  return {
    looks: sum.looks / RENDERS,
    delayMs: sum.delayMs / RENDERS,
    fixedLooks: sum.fixedLooks / RENDERS,
    fixedDelayMs: sum.fixedDelayMs / RENDERS,
  }
}

/** 0 to 1, the same in every run. */
function numbers(): () => number {
  let state = 20_261_122
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0
    return state / 2 ** 32
  }
}

function normal(next: () => number): number {
  return Math.sqrt(-2 * Math.log(next() + Number.EPSILON)) * Math.cos(2 * Math.PI * next())
}
