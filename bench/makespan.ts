import { createCommands } from '../src/main/jobs/commands/createCommands.ts'
import { startRunner } from '../src/main/jobs/runner.ts'
import { benchPlan, DONE, openQueueOnDisk } from './queueOnDisk.ts'
import { report, seconds } from './table.ts'

/**
 * 500 renders of 2 to 8 simulated seconds on 20 slots, against the schedule that a list scheduler makes
 * of the same times with no cost between them. At true speed: scaled time leaves the disk as slow as it
 * is, which makes our own writes look that much longer.
 */
const JOBS = Number(process.env['BENCH_JOBS'] ?? 500)
const SLOTS = 20
const SCALE = Number(process.env['BENCH_SCALE'] ?? 1)

/** Deterministic, so that both sides schedule the same times in the same order. */
function renderMs(index: number): number {
  const mixed = Math.imul(index + 1, 2_654_435_761) >>> 0
  return (2_000 + (mixed / 2 ** 32) * 6_000) / SCALE
}

function idealSeconds(): number {
  const slots = Array.from({ length: SLOTS }, () => 0)
  for (let job = 0; job < JOBS; job += 1) {
    const first = slots.indexOf(Math.min(...slots))
    slots[first] = (slots[first] ?? 0) + renderMs(job)
  }
  return Math.max(...slots) / 1_000
}

const queue = await openQueueOnDisk({
  concurrency: SLOTS,
  pollMs: null,
  scale: SCALE,
  check: (id, elapsedMs) =>
    elapsedMs >= renderMs(Number(id.slice(3)) - 1) ? DONE : { kind: 'running' },
})
const runner = startRunner(queue.ctx, { window: () => null, halted: async () => null })
const commands = createCommands(queue.ctx, {
  wake: () => {},
  forgetHalts: () => undefined,
  mediaDir: '/media',
})
const admitted = await commands.admit(benchPlan(JOBS), { again: false })
if (!admitted.ok) throw new Error(admitted.error.message)
const ours = await seconds(() => runner.settled())
await runner.stop()
await queue.close()

const ideal = idealSeconds()
report('makespan', [
  {
    name: `${JOBS} jobs on ${SLOTS} slots, ideal over ours`,
    figure: ours,
    unit: 's',
    comparison: 'ideal schedule',
    compared: ideal,
    ratio: ideal / ours,
    aim: 'at least 0.97',
    met: ideal / ours >= 0.97,
  },
])
