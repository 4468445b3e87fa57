import type { FrameSource, GenerationRequest } from '../../shared/domain/generation.ts'
import type { JobRequest } from '../../shared/domain/job.ts'
import { FRAME_ROLES, type Warning } from '../../shared/domain/model.ts'
import { err, ok } from '../../shared/domain/result.ts'
import type { Model, Route } from '../../shared/domain/route.ts'
import { FRAME_FIT } from '../../shared/normalise/options.ts'
import type { OtherWay } from '../jobs/context.ts'
import type { Catalogue } from './catalogue.ts'
import { settleAlike, type Settled } from './planning/settleAlike.ts'

/**
 * The other providers of a job's model in the person's order, each with the request planned anew: its
 * fields, its frames fitted from the pictures that were brought in, its price. A way that would make
 * another clip than the one that was agreed to is none: nobody is there to see what it changes.
 * @param seedIfNone for a way that takes a seed where none was given and the first way took none
 */
export function otherWays(
  catalogue: Catalogue,
  job: JobRequest,
  seedIfNone: number,
): readonly OtherWay[] {
  const request = askedAnew(job)
  if (request === null) return []
  const seed = job.request.expect.seed ?? seedIfNone
  const settle = (model: Model, route: Route) => settleAlike(model, route)(request, seed)
  const choice = catalogue.choose({
    mode: request.mode,
    model: job.model,
    costOn: ({ model, route }) => {
      const settled = settle(model, route)
      return settled.ok ? settled.value.estimate : null
    },
  })
  if (!choice.ok) return []
  const { model, ways } = choice.value
  return ways
    .filter(({ provider }) => provider !== job.provider)
    .map((route) => {
      const settled = settle(model, route)
      const problem = settled.ok
        ? (whyUnusable(catalogue, route, request) ?? whyAnotherClip(job, settled.value))
        : (settled.error[0]?.message ?? 'it cannot take this request')
      if (!settled.ok || problem !== null)
        return { provider: route.provider, route: route.id, request: err(problem ?? '') }
      const { done, estimate } = settled.value
      const { prompt, asked } = job
      const planned = { prompt, asked, request: done.request, warnings: done.warnings, estimate }
      return {
        provider: route.provider,
        route: route.id,
        request: ok({ ...placeOf(model, route), ...planned, routeNamed: false }),
      }
    })
}

const placeOf = (
  { id, name }: Model,
  route: Route,
): Pick<JobRequest, 'provider' | 'model' | 'modelName' | 'route'> => ({
  provider: route.provider,
  model: id,
  modelName: name,
  route: route.id,
})

/** What the person asked for; null where that is not known any more. */
function askedAnew({ prompt, asked, request }: JobRequest): GenerationRequest | null {
  if (asked === null || asked === undefined) return null
  // How many copies were wished for was settled when the batch was planned.
  const { n: _settled, ...options } = asked.options
  return { ...asked, prompt, options, mode: request.mode, frames: request.frames.map(broughtIn) }
}

/** The picture that was brought in: another way may want it fitted otherwise. */
function broughtIn(frame: FrameSource): FrameSource {
  if (frame.kind === 'url') return frame
  const { sha256, contentType, bytes, width, height, name } = frame.original ?? frame
  return { kind: 'file', role: frame.role, sha256, contentType, bytes, width, height, name }
}

/** Options go under their own names: another provider may know other ones. */
function whyUnusable(
  catalogue: Catalogue,
  route: Route,
  { mode, options }: GenerationRequest,
): string | null {
  const way = route.modes[mode]
  if (way === undefined) return 'it cannot take this request'
  const theirs = Object.keys(options).filter((name) => name !== FRAME_FIT)
  const unknown = theirs.find((name) => way.options[name] === undefined)
  if (unknown !== undefined) return `it may not know the option ${unknown}`
  return catalogue.notOffered(route, way.endpoint)
}

function whyAnotherClip(job: JobRequest, { done }: Settled): string | null {
  const before = job.request.expect.durationSeconds
  const after = done.request.expect.durationSeconds
  if (before !== after) return `it makes ${after} s instead of ${before} s`
  const isNew = ({ field, behaviour, to }: Warning): boolean =>
    !job.warnings.some((one) => one.field === field && one.behaviour === behaviour && one.to === to)
  const change = done.warnings.find(
    (warning) => changesClip(warning) && isNew(warning) && !isFrame(warning),
  )
  return change === undefined ? null : lowered(change.message)
}

const changesClip = ({ behaviour }: Warning): boolean =>
  behaviour === 'converted' || behaviour === 'dropped'
/** A frame is fitted anew for every way. */
const isFrame = ({ field }: Warning): boolean => FRAME_ROLES.some((role) => role === field)
/** For the middle of a sentence. */
const lowered = (message: string): string => message.replace(/\.$/, '')
