import { createHash } from 'node:crypto'
import type { AskedShape, FrameSource } from '../../shared/domain/generation.ts'
import type { Problem } from '../../shared/domain/errors.ts'
import type { JobRequest } from '../../shared/domain/job.ts'
import type { EditProblem, JobValues } from '../../shared/domain/jobEdit.ts'
import { err, ok, type Result } from '../../shared/domain/result.ts'
import { modeOf } from '../../shared/normalise/modes.ts'
import { REHEARSAL } from '../../shared/normalise/rehearsal.ts'
import type { BatchTable } from './batchFile/batchTable.ts'
import { readColumn } from './batchFile/columns.ts'
import { optionText } from './batchFile/json.ts'
import type { Catalogue } from './catalogue.ts'
import type { FrameStore } from './frameStore.ts'
import { planJobs } from './planning/planJobs.ts'

/** Changes to a job that waits: its request is planned anew, as a row of a batch file is. */
export interface JobEdits {
  /** What it asks for now, to edit from. */
  valuesOf(job: JobRequest): JobValues
  /** The request with other values: normalised and priced anew. */
  plan(job: JobRequest, values: JobValues): Promise<Result<JobRequest, readonly EditProblem[]>>
}

export interface JobEditTools {
  readonly catalogue: Catalogue
  readonly frameStore: Pick<FrameStore, 'pathOf' | 'describe'>
}

export function createJobEdits({ catalogue, frameStore }: JobEditTools): JobEdits {
  // The picture that was brought in: another route may want it fitted otherwise.
  const cellOf = (frame: FrameSource): string =>
    frame.kind === 'url' ? frame.url : frameStore.pathOf(frame.original ?? frame)
  return {
    valuesOf: (job) => ({ ...shapeOf(job), ...modelOf(catalogue, job), prompt: job.prompt }),
    plan: async (job, values) => {
      const table = tableOf(job, { values, cellOf })
      const planned = await planJobs({
        table,
        folder: '/',
        contentSha256: createHash('sha256').update(JSON.stringify(table)).digest('hex'),
        options: {
          defaults: {},
          expand: { kind: 'product' },
          plain: true,
          rehearse: false,
          maxJobsPerRow: null,
        },
        catalogue,
        describeFrame: (path) => frameStore.describe(path),
      })
      if (!planned.ok) return err(planned.error.map(problemOf))
      const [made] = planned.value.jobs
      if (made === undefined) return err([NOTHING])
      const frames = made.request.frames.map((frame) => withName(frame, job.request.frames))
      return ok({ ...made, request: { ...made.request, frames } })
    },
  }
}

const NOTHING: EditProblem = {
  field: 'prompt',
  message: 'The prompt is empty.',
  mend: 'Write a prompt, or cancel the job.',
}

/** Pictures keep the names that they came with; in the store they are called by their digest. */
function withName(frame: FrameSource, known: readonly FrameSource[]): FrameSource {
  if (frame.kind === 'url') return frame
  const files = known.flatMap((one) => (one.kind === 'file' ? [one.original ?? one] : []))
  const same = files.find(({ sha256 }) => sha256 === frame.sha256)
  return same === undefined ? frame : { ...frame, name: same.name }
}

/** Rows made before requests were kept show what was expected to come out. */
function shapeOf({ asked, request }: JobRequest): Omit<JobValues, 'prompt' | 'model' | 'provider'> {
  const { durationSeconds, width, height, seed } = request.expect
  const known: AskedShape = asked ?? { durationSeconds, size: { width, height }, options: {} }
  const { size } = known
  return {
    negativePrompt: known.negativePrompt ?? '',
    duration: known.durationSeconds === undefined ? '' : String(known.durationSeconds),
    size: size === undefined ? (known.aspectRatio ?? '') : `${size.width}x${size.height}`,
    resolution: known.resolution ?? '',
    seed: seed === undefined ? '' : String(seed),
  }
}

/** A route that is used by its own name alone keeps that name. */
function modelOf(
  catalogue: Catalogue,
  { provider, model, route, request }: JobRequest,
): Pick<JobValues, 'model' | 'provider'> {
  if (provider === REHEARSAL) return { provider, model }
  const usual = catalogue.choose({ mode: modeOf(request.frames), model, provider })
  return { provider, model: usual.ok && usual.value.route.id === route ? model : route }
}

interface Cells {
  readonly values: JobValues
  readonly cellOf: (frame: FrameSource) => string
}

function tableOf(job: JobRequest, { values, cellOf }: Cells): BatchTable {
  const frame = (role: FrameSource['role']): string =>
    job.request.frames
      .filter((one) => one.role === role)
      .map(cellOf)
      .join('|')
  const isRatio = values.size.includes(':')
  const cells: Readonly<Record<string, string>> = {
    prompt: values.prompt,
    negative_prompt: values.negativePrompt,
    first_frame: frame('firstFrame'),
    last_frame: frame('lastFrame'),
    reference: frame('reference'),
    provider: values.provider,
    model: values.model === REHEARSAL ? '' : values.model,
    duration: values.duration,
    size: isRatio ? '' : values.size,
    aspect_ratio: isRatio ? values.size : '',
    resolution: values.resolution,
    seed: values.seed,
    ...optionCells(job),
  }
  return {
    columns: Object.keys(cells).map(readColumn),
    rows: [{ row: 1, values: Object.values(cells).map((cell) => cell.trim()) }],
    name: null,
    lists: {},
  }
}

/** Options stay as they were; how many copies were wished for was settled when the batch was planned. */
function optionCells({ asked }: JobRequest): Readonly<Record<string, string>> {
  const options = Object.entries(asked?.options ?? {}).filter(([name]) => name !== 'n')
  return Object.fromEntries(options.map(([name, value]) => [`options.${name}`, optionText(value)]))
}

const FIELDS: Readonly<Record<string, keyof JobValues>> = {
  prompt: 'prompt',
  negative_prompt: 'negativePrompt',
  model: 'model',
  provider: 'provider',
  duration: 'duration',
  size: 'size',
  aspect_ratio: 'size',
  resolution: 'resolution',
  seed: 'seed',
}

const problemOf = ({ column, message, mend }: Problem): EditProblem => ({
  field: FIELDS[column ?? ''] ?? null,
  message,
  mend,
})
