import type { Rating } from '../../shared/domain/arena.ts'
import type { Money } from '../../shared/domain/money.ts'
import type { ModelStats, SpendRow } from '../../shared/ipc/reports.ts'
import type { SheetText } from '../library/batchFile/writeSheet.ts'

const money = (micros: number): string => (micros / 1e6).toFixed(6)
const number = (value: number | null): string => (value === null ? '' : String(value))

const MODEL_COLUMNS =
  'model,provider,jobs,takes,picked,rejected,failed,seconds,picked seconds,spent,currency,estimated,median seconds,p90 seconds,timed,billed,estimated of billed,billed jobs,rating,low,high,votes'.split(
    ',',
  )

/**
 * One line a model and provider; money in whole units, times in seconds. What was spent in a further
 * currency stands on a line of its own.
 */
export function modelSheet(models: readonly ModelStats[], ratings: readonly Rating[]): SheetText {
  const rows = models.flatMap((stats) => {
    const {
      spent: [spent, ...others],
      billed,
      failures,
      medianRenderMs,
      p90RenderMs,
    } = stats
    const rating = ratings.find(({ key }) => key === stats.model)
    const failed = failures.reduce((sum, { jobs }) => sum + jobs, 0)
    const counts = [stats.ended, stats.takes, stats.picked, stats.rejected, failed]
    const about = [stats.modelName, stats.provider]
    const line = [
      ...about,
      ...[...counts, stats.seconds, stats.pickedSeconds].map(String),
      ...(spent === undefined ? ['', '', ''] : spentCells(spent)),
      ...[medianRenderMs, p90RenderMs].map((ms) => number(ms === null ? null : ms / 1000)),
      String(stats.renderSamples),
      ...(billed === null
        ? ['', '', '0']
        : [money(billed.micros), money(billed.estimateMicros), String(billed.jobs)]),
      ...(rating === undefined
        ? ['', '', '', '0']
        : [rating.rating, rating.low, rating.high, rating.votes].map((each) =>
            String(Math.round(each)),
          )),
    ]
    const more = others.map((amount) => {
      const cells = [...about, ...Array.from(counts, () => ''), '', '', ...spentCells(amount)]
      return MODEL_COLUMNS.map((_, at) => cells[at] ?? '')
    })
    return [line, ...more]
  })
  return { name: 'Models', header: MODEL_COLUMNS, rows }
}

const spentCells = ({ micros, currency, estimated }: Money): readonly string[] => [
  money(micros),
  currency,
  estimated ? 'yes' : 'no',
]

/** One line a template, best first within a group: groups were never compared with each other. */
export function templateSheet(ratings: readonly Rating[]): SheetText {
  return {
    name: 'Templates',
    header: ['template', 'text', 'group', 'rating', 'low', 'high', 'votes', 'wins'],
    rows: ratings
      .toSorted((a, b) => a.group - b.group || b.rating - a.rating)
      .map(({ key, name, group, rating, low, high, votes, wins }) => [
        name ?? '',
        key,
        ...[group, rating, low, high, votes, wins].map((each) => String(Math.round(each))),
      ]),
  }
}

/** Spend by whatever it was asked by. */
export function spendSheet(by: string, rows: readonly SpendRow[]): SheetText {
  return {
    name: `Spend by ${by}`,
    header: [by, 'jobs', 'spent', 'currency', 'estimated'],
    rows: rows.map(({ key, jobs, spent }) => [key, String(jobs), ...spentCells(spent)]),
  }
}
