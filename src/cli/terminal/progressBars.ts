import { MultiBar, type SingleBar } from 'cli-progress'
import { isTerminal, type JobStep, type JobView } from '../../shared/domain/job.ts'
import { jobPlace, oneLine } from './words.ts'
import type { Output } from './output.ts'
import type { Progress, ProgressOptions } from './progress.ts'

/** Bars of single jobs at once; more would push the batch out of sight. */
const MOST_BARS = 8
const PROMPT_WIDTH = 40

const STEPS: Readonly<Record<JobStep, string>> = {
  submit: 'sends',
  poll: 'renders',
  download: 'downloads',
  finish: 'finishes',
}

/** One bar for everything, and one for each job that runs. */
export class BarProgress implements Progress {
  readonly #output: Output
  readonly #bars: MultiBar
  readonly #whole: SingleBar
  readonly #running = new Map<string, SingleBar>()
  readonly #done = new Set<string>()
  #total: number
  #failed = 0
  #takes = 0

  constructor({ output, stderr, total }: ProgressOptions) {
    this.#output = output
    this.#total = total
    this.#bars = new MultiBar({
      stream: stderr,
      format: '{bar} {label}',
      barsize: 24,
      barCompleteChar: '\u2588',
      barIncompleteChar: '\u2591',
      hideCursor: true,
      clearOnComplete: true,
      gracefulExit: false,
      fps: 4,
    })
    this.#whole = this.#bars.create(Math.max(1, total), 0, { label: '' })
    output.through = (text) => this.#bars.log(`${text}\n`)
    this.#draw()
  }

  job(job: JobView): void {
    if (job.status === 'running') {
      this.#drawJob(job)
      return
    }
    const bar = this.#running.get(job.id)
    if (bar !== undefined) this.#bars.remove(bar)
    this.#running.delete(job.id)
    if (isTerminal(job.status) && !this.#done.has(job.id)) {
      this.#done.add(job.id)
      if (job.status === 'failed') this.#failed += 1
    }
    this.#draw()
  }

  take(): void {
    this.#takes += 1
    this.#draw()
  }

  stop(): void {
    this.#bars.stop()
    this.#output.through = undefined
  }

  #drawJob({ id, row, take, step, prompt, progress }: JobView): void {
    const label = `${jobPlace(row, take)} ${STEPS[step]} ${oneLine(prompt, PROMPT_WIDTH)}`
    const known = this.#running.get(id)
    if (known === undefined && this.#running.size >= MOST_BARS) return
    const bar = known ?? this.#bars.create(100, 0, { label })
    this.#running.set(id, bar)
    bar.update(Math.round((progress ?? 0) * 100), { label })
  }

  #draw(): void {
    const done = this.#done.size
    this.#total = Math.max(1, this.#total, done)
    this.#whole.setTotal(this.#total)
    const failed = this.#failed === 0 ? '' : `, ${this.#failed} failed`
    const label = `${done} of ${this.#total} done, ${this.#takes} delivered${failed}`
    this.#whole.update(done, { label })
  }
}
