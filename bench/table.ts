import { mkdirSync, writeFileSync } from 'node:fs'
import { cpus } from 'node:os'

/** One figure beside what it is compared to, both measured in one run: ratios travel, times do not. */
export interface BenchRow {
  readonly name: string
  readonly figure: number
  readonly unit: string
  /** What it is compared with, in words; null for a figure that stands alone. */
  readonly comparison: string | null
  readonly compared: number | null
  /** Figure over comparison; null without one. */
  readonly ratio: number | null
  /** As bench/README.md states it. */
  readonly aim: string
  readonly met: boolean
}

const digits = (value: number): string =>
  Math.abs(value) >= 100 ? value.toFixed(0) : value.toPrecision(3)

/** Prints the rows and writes them as JSON under `bench/results/`. */
export function report(name: string, rows: readonly BenchRow[]): void {
  const table = rows.map((row) => ({
    what: row.name,
    figure: `${digits(row.figure)} ${row.unit}`,
    'compared with':
      row.comparison === null || row.compared === null
        ? ''
        : `${row.comparison}: ${digits(row.compared)} ${row.unit}`,
    ratio: row.ratio === null ? '' : digits(row.ratio),
    aim: row.aim,
    met: row.met ? 'yes' : 'NO',
  }))
  console.table(table)
  const folder = new URL('results/', import.meta.url)
  mkdirSync(folder, { recursive: true })
  const machine = {
    cpu: cpus()[0]?.model ?? 'unknown',
    cores: cpus().length,
    node: process.version,
  }
  writeFileSync(new URL(`${name}.json`, folder), JSON.stringify({ machine, rows }, null, 2))
}

/** The middle of several measurements. */
export function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b)
  return sorted[Math.floor(sorted.length / 2)] ?? Number.NaN
}

/** Runs `work` and says how long it took, in seconds. */
export async function seconds(work: () => Promise<void> | void): Promise<number> {
  const start = performance.now()
  await work()
  return (performance.now() - start) / 1_000
}
