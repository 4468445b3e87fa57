import { mkdirSync, readFileSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { NO_ASKS, type Asks } from '../../../../src/shared/domain/asks.ts'
import { writeNightReport } from '../../../../src/main/nights/writeNightReport.ts'
import { nightReportPage } from '../../../../src/main/nights/nightReportPage.ts'
import { dailyPlan } from '../../../../src/shared/schedule/dailyPlan.ts'
import { isNight, nightRange } from '../../../../src/shared/schedule/nightRange.ts'
import { planWords } from '../../../../src/shared/schedule/planWords.ts'
import { periodsAt } from '../../../../src/main/jobs/periods.ts'
import { folderWith } from '../../../helpers/folder.ts'
import { startCase } from '../../../helpers/queueCase.ts'

const HOUR_MS = 3_600_000
const PLAN = dailyPlan(23 * 60, 7 * 60)

const ASKS: Pick<Asks, 'holds' | 'stops'> = {
  holds: [],
  stops: [
    {
      provider: 'fal',
      providerName: 'fal',
      why: 'cap',
      words: 'night cap $25.00 reached',
      scope: 'night',
      cap: null,
      until: null,
      batches: [{ id: 'batch_1', name: 'Launch week', project: null, jobs: 103 }],
    },
  ],
}

const reportOf = async (h: Awaited<ReturnType<typeof startCase>>['h'], folder: string) => {
  const written = await writeNightReport(
    {
      db: h.db,
      makeThumb: async () => false,
      nightPlan: () => PLAN,
      nameOf: () => 'Scripted Ltd',
      asks: () => ASKS,
      now: () => Date.UTC(2026, 10, 23, 6),
    },
    { night: '2026-11-22', timeZone: 'UTC', folder },
  )
  if (!written.ok) throw new Error(written.error)
  return written.value
}

describe('the report of a night', () => {
  it('that cannot be made of a broken database is told, and ends nothing else', async () => {
    const fail = (): never => {
      throw new Error('database disk image is malformed')
    }
    const folder = folderWith()
    const written = await writeNightReport(
      {
        db: { all: fail, get: fail },
        makeThumb: async () => false,
        nightPlan: () => PLAN,
        nameOf: () => 'Scripted Ltd',
        asks: () => ASKS,
        now: () => 0,
      },
      { night: '2026-11-22', timeZone: 'UTC', folder },
    )
    const error = `The night report could not be written to ${folder}: database disk image is malformed.`
    expect(written).toEqual({ ok: false, error })
  })

  it('counts what ended, what failed by cause, and what was spent', async () => {
    const { h } = await startCase({
      jobs: 5,
      submits: ['refuse400', 'refuse400'],
      micros: 500_000,
      cap: { micros: 5_000_000, currency: 'USD' },
    })
    await h.settle()
    const folder = join(folderWith({}), 'out')
    const { report, htmlPath } = await reportOf(h, folder)
    expect(report.counts).toMatchObject({ succeeded: 3, failed: 2, needsYou: 0 })
    expect(report.failures).toMatchObject([{ kind: 'invalidRequest', code: 'BAD_INPUT', jobs: 2 }])
    expect(report.spend).toMatchObject([{ takes: 3, spent: { micros: 1_500_000 } }])
    expect(report.budget.spent).toMatchObject([{ micros: 1_500_000, currency: 'USD' }])
    expect(report.batches).toEqual([{ name: 'Test', succeeded: 3, failed: 2 }])
    expect(report.takeCount).toBe(3)
    const page = readFileSync(htmlPath, 'utf8')
    expect(page).toContain('Night of 22 November 2026')
    expect(page).toContain('about $1.50')
    expect(page).toContain('request not accepted (BAD_INPUT)')
    expect(page).toContain('<td>Scripted Ltd</td>')
    expect(page).not.toContain('<td>Scripted</td>')
    expect(page).toContain('Night cap $25.00 reached. 103 jobs of “Launch week” wait for it.')
    expect(page).toContain('<dt>need you</dt><dd>1</dd>')
    const message = 'The answer was lost at 2026-11-22T23:14:08.120Z. Enter its id.'
    const lost = { ...report, held: [], needsYou: [{ row: 5, batch: 'Loops', message }] }
    const berlin = nightReportPage({ ...lost, timeZone: 'Europe/Berlin' }, new Map())
    expect(berlin).toContain('Row 5 of “Loops”: The answer was lost at 00:14. Enter its id.')
    expect(readdirSync(folder).toSorted()).toEqual([
      'night-2026-11-22.html',
      'night-2026-11-22.json',
    ])
  })

  it('counts what was allowed above the cap for this night', async () => {
    const { h } = await startCase({ jobs: 2, micros: 500_000 })
    await h.commands.setPeriodCap('night', { micros: 600_000, currency: 'USD' })
    await h.settle()
    const upTo = { micros: 1_000_000, currency: 'USD' }
    await h.commands.answerCap({ how: 'once', scope: 'night', upTo })
    await h.settle()
    const { report, htmlPath } = await reportOf(h, folderWith({}))
    expect(report.budget).toMatchObject({ cap: { micros: 600_000 }, extraMicros: 400_000 })
    expect(readFileSync(htmlPath, 'utf8')).toContain('about $1.00 of $1.00')
  })

  it('says of clips without a price that what they cost is not known', async () => {
    const { h } = await startCase({ jobs: 2, micros: null })
    await h.settle()
    const { report, htmlPath } = await reportOf(h, folderWith({}))
    expect(report.spend).toMatchObject([{ takes: 2, spent: null, unpriced: 2 }])
    expect(readFileSync(htmlPath, 'utf8')).toContain('<td class="number">not known</td>')
  })

  it('holds no tag, address or script that a prompt or a provider wrote', async () => {
    const { h } = await startCase({ jobs: 1 })
    await h.settle()
    h.db.run('UPDATE takes SET prompt = ?, modelName = ?', [
      '<img src=x onerror=alert(1)>&"\'',
      '</table><script>alert(2)</script>',
    ])
    const { htmlPath } = await reportOf(h, folderWith({}))
    const page = readFileSync(htmlPath, 'utf8')
    expect(page).toContain('&lt;img src=x onerror=alert(1)&gt;&amp;&quot;&#39;')
    expect(page).not.toMatch(/<script|<img|https?:/)
  })

  it('is written though what is stored cannot be read', async () => {
    const { h } = await startCase({ jobs: 2, submits: ['refuse400', 'refuse400'] })
    await h.settle()
    h.db.run(
      "UPDATE jobs SET error = '{', needsYou = '{', status = iif(row = 1, 'needsYou', status)",
    )
    const { report } = await reportOf(h, folderWith({}))
    expect(report.failures).toEqual([])
    expect(report.needsYou).toEqual([{ row: 1, batch: 'Test', message: 'It waits for you.' }])
  })

  it('says why it could not be written', async () => {
    const { h } = await startCase({ jobs: 0 })
    const folder = folderWith({ out: 'a file' })
    const wish = { night: '2026-11-22', timeZone: 'UTC', folder: join(folder, 'out') }
    const tools = {
      db: h.db,
      makeThumb: async () => false,
      nightPlan: () => PLAN,
      nameOf: String,
      asks: () => NO_ASKS,
      now: () => 0,
    }
    mkdirSync(join(folder, 'other'))
    const written = await writeNightReport(tools, wish)
    expect(written.ok ? '' : written.error).toContain('could not be written')
  })
})

describe('the night of the budget', () => {
  it('goes from noon to noon as charges count it, in every zone and over changes of the clocks', () => {
    for (const zone of [
      'UTC',
      'Europe/Prague',
      'America/Santiago',
      'Pacific/Chatham',
      'Africa/Cairo',
    ])
      for (let at = Date.UTC(2026, 2, 20); at < Date.UTC(2026, 3, 30); at += 5.5 * HOUR_MS) {
        const { night } = periodsAt(at, zone)
        const { from, to } = nightRange(night, zone)
        expect({ zone, at, isIn: from <= at && at < to }).toEqual({ zone, at, isIn: true })
      }
  })

  it('is named by a day', () => {
    expect(['2026-11-22', '2028-02-29'].map(isNight)).toEqual([true, true])
    expect(['2026-02-30', 'today', '2026-13-01', '20261122'].map(isNight)).not.toContain(true)
  })
})

it('puts a plan into words', () => {
  expect(planWords(PLAN)).toBe('every day 00:00-07:00 and 23:00-24:00')
  expect(planWords({ ...PLAN, isOn: false })).toBe('no windows are set')
  const days = [0, 0, 0, 0, 0xff_ff_ff, 0xff_ff_ff, 0xff_ff_ff]
  expect(planWords({ ...PLAN, days, startAt: 90, stopAt: 1380 })).toBe(
    'Mon, Tue, Wed, Thu no hour; Fri, Sat, Sun all day, from 01:30 on, nothing new from 23:00',
  )
})
