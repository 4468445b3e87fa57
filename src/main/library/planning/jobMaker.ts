import { derivedSeed } from '../../../shared/normalise/seeds.ts'
import type { PlanOptions } from './planOptions.ts'
import { MAX_JOBS_PER_ROW } from '../../../shared/domain/draft.ts'
import { modeOf } from '../../../shared/normalise/modes.ts'
import { routeFor, type JobRoute } from './routeFor.ts'
import type { Catalogue, RouteWish } from '../catalogue.ts'
import type { CellFault } from '../../../shared/domain/cell.ts'
import type { Expansion } from '../../../shared/template/expand.ts'
import type {
  AskedShape,
  FrameSource,
  GenerationRequest,
} from '../../../shared/domain/generation.ts'
import type { Mode, Warning } from '../../../shared/domain/model.ts'
import type { RequestProblem } from '../../../shared/normalise/types.ts'
import type { PlannedJob } from '../../../shared/domain/job.ts'
import type { Problem } from '../../../shared/domain/errors.ts'
import type { PromptReader } from './rowPrompts.ts'
import type { ReadRow } from './readRows.ts'
import type { Result } from '../../../shared/domain/result.ts'
import { settleAlike, type Settled } from './settleAlike.ts'
import type { RowFrames } from './rowFrames.ts'

export interface JobMakerOptions {
  readonly catalogue: Catalogue
  readonly options: PlanOptions
  readonly prompts: PromptReader
  readonly frames: RowFrames
  readonly digest: string
  /** What draws and unchosen seeds of a row go by, instead of digest and number. */
  readonly keyOf?: ((row: number) => string) | undefined
  readonly report: (problem: Problem) => void
}

/** What every job of a row shares. */
interface RowParts {
  readonly row: ReadRow
  readonly frames: readonly FrameSource[]
  readonly mode: Mode
  readonly prompts: readonly string[]
  /** What they were made from; null where the row says the prompt itself. */
  readonly template: string | null
  readonly takes: number
}

/**
 * Makes the jobs of one row after the other. Takes of a prompt count from 1. A given seed grows by one
 * with every prompt and take of its row, so none looks like another; models share seeds, to compare.
 */
export class JobMaker {
  readonly #with: JobMakerOptions
  readonly #routes = new Map<string, Result<JobRoute, RequestProblem>>()
  readonly #mostJobs: number

  constructor(options: JobMakerOptions) {
    this.#with = options
    this.#mostJobs = options.options.maxJobsPerRow ?? MAX_JOBS_PER_ROW
  }

  /** Empty when the row has a problem, which is reported. */
  jobsOf(row: ReadRow): readonly PlannedJob[] {
    const { values } = row
    const frames = this.#frames(row)
    const expansion = this.#expansion(row)
    // By what is wished for: a picture that is missing must not look like another mode.
    const mode = modeOf(values.frames.map(({ role }) => ({ kind: 'url', role, url: '' })))
    const models = values.models ?? [undefined]
    const costOn =
      frames && expansion ? costOf(this.#first(row, { mode, frames, expansion })) : NO_COST
    const routes = models.map((model) => this.#route({ row, mode, model, costOn }))
    if (frames === undefined || expansion === undefined) return []
    const takes = values.takes ?? 1
    const count = expansion.count * BigInt(takes * models.length)
    if (count > BigInt(this.#mostJobs)) {
      this.#report(row, { column: 'prompt', ...tooManyOfRow(count, this.#mostJobs) })
      return []
    }
    const prompts = expansion.page(0n, Number(expansion.count))
    if (prompts.includes('')) {
      this.#report(row, { column: 'prompt', ...emptyPrompt(values.prompt) })
      return []
    }
    const text = values.prompt ?? ''
    const template = this.#with.prompts.isTemplate(text) ? text : null
    const parts = { row, frames, mode, prompts, template, takes }
    return routes.flatMap((route) => (route === undefined ? [] : this.#onRoute(parts, route)))
  }

  #frames(row: ReadRow): readonly FrameSource[] | undefined {
    let isWhole = true
    const frames = row.values.frames.flatMap((wish) => {
      const source = this.#with.frames.source(wish)
      if (source.ok) return [source.value]
      isWhole = false
      this.#report(row, { column: wish.column, ...source.error })
      return []
    })
    return isWhole ? frames : undefined
  }

  #expansion(row: ReadRow): Expansion | undefined {
    const { source, values } = row
    const { options, prompts } = this.#with
    if (values.prompt === undefined) {
      this.#report(row, { column: 'prompt', ...emptyPrompt('') })
      return undefined
    }
    const seed = `${values.seed ?? ''}:${this.#with.keyOf?.(source.row) ?? source.row}`
    const read = prompts.read({ row: source, text: values.prompt, expand: options.expand, seed })
    if (read.ok) return read.value
    for (const fault of read.error) this.#report(row, { column: 'prompt', ...fault })
    return undefined
  }

  #route({ row, mode, model, costOn }: RowRoute): JobRoute | undefined {
    const { provider } = row.values
    const key = `${mode} ${provider ?? ''} ${model ?? ''}`
    const keyByPrice = `${key} ${shapeKey(row)}`
    const { catalogue, options } = this.#with
    const { rehearse, allowRetired = false, prefer } = options
    let isByPrice = false
    const cost: CostOn = (choice) => {
      isByPrice = true
      return costOn(choice)
    }
    const question = { mode, model, provider, rehearse, allowRetired, prefer, costOn: cost }
    const known = this.#routes.get(key) ?? this.#routes.get(keyByPrice)
    const route = known ?? routeFor(catalogue, question)
    if (known === undefined) this.#routes.set(isByPrice ? keyByPrice : key, route)
    if (route.ok) return route.value
    this.#report(row, route.error)
    return undefined
  }

  /** The first of a row's requests: price does not go by the words of a prompt. */
  #first(
    row: ReadRow,
    { mode, frames, expansion }: Pick<RowParts, 'mode' | 'frames'> & { expansion: Expansion },
  ): GenerationRequest {
    const [prompt = ''] = expansion.page(0n, 1)
    return { prompt, mode, frames, ...askedOf(row, 1) }
  }

  #onRoute(parts: RowParts, route: JobRoute): readonly PlannedJob[] {
    const jobs: PlannedJob[] = []
    const missing = this.#notOffered(route, parts.mode)
    let { takes } = parts
    for (const [at, prompt] of parts.prompts.entries()) {
      for (let take = 1; take <= takes; take += 1) {
        const settled = this.#settled(parts, route, { prompt, ordinal: at * takes + take })
        if (settled === undefined) return []
        takes = parts.takes * settled.settled.done.copies
        if (parts.prompts.length * takes > this.#mostJobs) {
          const count = BigInt(parts.prompts.length * takes)
          this.#report(parts.row, { column: 'options.n', ...tooManyOfRow(count, this.#mostJobs) })
          return []
        }
        jobs.push(jobOf({ parts, route, prompt, take, missing, ...settled }))
      }
    }
    return jobs
  }

  #notOffered({ route: id, provider, modelName }: JobRoute, mode: Mode): readonly Warning[] {
    const { catalogue } = this.#with
    const route = catalogue.route(id)
    const endpoint = route?.modes[mode]?.endpoint
    // A rehearsal goes to nobody's endpoint.
    if (route?.provider !== provider || endpoint === undefined) return []
    const words = catalogue.notOffered(route, endpoint)
    if (words === null) return []
    const message = `${modelName} was ${words}. It is sent all the same, since lists lag; it may be refused.`
    return [{ field: 'model', behaviour: 'passthrough', from: endpoint, to: endpoint, message }]
  }

  #settled(
    { row, frames, mode }: RowParts,
    route: JobRoute,
    { prompt, ordinal }: { readonly prompt: string; readonly ordinal: number },
  ): { readonly settled: Settled; readonly asked: AskedShape } | undefined {
    const asked = askedOf(row, ordinal)
    const { digest, keyOf } = this.#with
    const number = row.source.row
    const seedIfNone = derivedSeed(keyOf?.(number) ?? digest, keyOf ? 0 : number, ordinal)
    const settled = route.settle({ prompt, mode, frames, ...asked }, seedIfNone)
    if (settled.ok) return { settled: settled.value, asked }
    for (const problem of settled.error) this.#report(row, problem)
    return undefined
  }

  #report(row: ReadRow, problem: RequestProblem): void {
    this.#with.report({ row: row.source.row, ...problem })
  }
}

function askedOf({ values, options }: ReadRow, ordinal: number): AskedShape {
  const { negativePrompt, durationSeconds, size, aspectRatio, resolution, seed } = values
  return {
    negativePrompt,
    durationSeconds,
    size,
    aspectRatio,
    resolution,
    seed: seed === undefined ? undefined : seed + ordinal - 1,
    options,
  }
}

type CostOn = NonNullable<RouteWish['costOn']>

interface RowRoute {
  readonly row: ReadRow
  readonly mode: Mode
  readonly model: string | undefined
  readonly costOn: CostOn
}

/** A row with a problem has no request yet. */
const NO_COST: CostOn = () => null

const costOf =
  (request: GenerationRequest): CostOn =>
  ({ model, route }) => {
    const settled = settleAlike(model, route)(request, 0)
    return settled.ok ? settled.value.estimate : null
  }

/** Rows of one shape cost alike on every route. */
const shapeKey = (row: ReadRow): string =>
  JSON.stringify([{ ...askedOf(row, 1), seed: row.values.seed !== undefined }, row.values.frames])

interface JobParts {
  readonly parts: RowParts
  readonly route: JobRoute
  readonly prompt: string
  readonly take: number
  readonly missing: readonly Warning[]
  readonly settled: Settled
  readonly asked: AskedShape
}

function jobOf({ parts, route, prompt, take, missing, settled, asked }: JobParts): PlannedJob {
  const { source, values } = parts.row
  return {
    row: source.row,
    take,
    name: values.name ?? null,
    tags: values.tags ?? [],
    prompt,
    template: parts.template,
    provider: route.provider,
    model: route.model,
    modelName: route.modelName,
    route: route.route,
    routeNamed: route.routeNamed,
    routeWhy: route.routeWhy,
    request: settled.done.request,
    asked,
    warnings: [...settled.done.warnings, ...missing],
    estimate: settled.estimate,
  }
}

const tooManyOfRow = (count: bigint, most: number): CellFault => ({
  code: 'tooManyJobs',
  message: `This row comes to ${countText(count)} jobs; ${most} is the most.`,
  mend: 'Take fewer values or takes, draw some with --expand random:N, or allow more with --max N.',
})

/** Digits while a person can take them in. */
function countText(count: bigint): string {
  const digits = count.toString()
  return digits.length <= 15 ? digits : `about 10^${digits.length - 1}`
}

function emptyPrompt(source: string | undefined): CellFault {
  const isEmpty = (source ?? '') === ''
  return {
    code: 'emptyPrompt',
    message: isEmpty ? 'The prompt is empty.' : 'This template makes an empty prompt.',
    mend: isEmpty
      ? 'Write a prompt, or remove the row.'
      : 'Give every alternative some text; a line that begins with # and a blank is a comment.',
  }
}
