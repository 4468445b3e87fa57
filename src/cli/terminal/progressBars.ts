import { MultiBar, type SingleBar } from 'cli-progress'
import { isTerminal, type JobView } from '../../shared/domain/job.ts'
import { jobPlace, oneLine } from './words.ts'
import type { Progress, ProgressOptions } from './progress.ts'

/** Bars of single jobs at once; more would push the batch out of sight. */
const MOST_BARS = 8
const PROMPT_WIDTH = 40

/** One bar for everything, and one for each job that runs. */
export function barProgress({ output, stderr, total }: ProgressOptions): Progress {
  const bars = new MultiBar({
    stream: stderr,
    format: '{bar} {label}',
    barsize: 24,
    hideCursor: true,
    clearOnComplete: true,
    gracefulExit: false,
    fps: 4,
  })
  const whole = bars.create(Math.max(1, total), 0, { label: '' })
  const running = new Map<string, SingleBar>()
  const done = new Map<string, JobView['status']>()
  let takes = 0
  output.through = (text) => bars.log(`${text}\n`)
  const drawWhole = (): void => {
    whole.setTotal(Math.max(1, total, done.size))
    const failed = [...done.values()].filter((status) => status === 'failed').length
    const bad = failed === 0 ? '' : `, ${failed} failed`
    whole.update(done.size, {
      label: `${done.size} of ${Math.max(total, done.size)} done, ${takes} delivered${bad}`,
    })
  }
  drawWhole()
  return {
    job: (job) => {
      const bar = running.get(job.id)
      if (job.status === 'running') {
        const label = `${jobPlace(job.row, job.take)} ${STEPS[job.step]} ${oneLine(job.prompt, PROMPT_WIDTH)}`
        const shown = bar ?? (running.size < MOST_BARS ? bars.create(100, 0, { label }) : undefined)
        if (shown === undefined) return
        running.set(job.id, shown)
        shown.update(Math.round((job.progress ?? 0) * 100), { label })
        return
      }
      if (bar !== undefined) bars.remove(bar)
      running.delete(job.id)
      if (isTerminal(job.status)) done.set(job.id, job.status)
      drawWhole()
    },
    take: () => {
      takes += 1
      drawWhole()
    },
    stop: () => {
      bars.stop()
      output.through = undefined
    },
  }
}

const STEPS: Readonly<Record<JobView['step'], string>> = {
  submit: 'sends',
  poll: 'renders',
  download: 'downloads',
  finish: 'finishes',
}
