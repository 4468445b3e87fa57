import { err, ok, type Result } from '../../../shared/domain/result.ts'
import { FREE } from '../../../shared/domain/money.ts'
import { REHEARSAL, rehearsalOf, rehearsalRequest } from '../../../shared/normalise/rehearsal.ts'
import { settleAlike, type Settle } from './settleAlike.ts'
import type { Catalogue, RouteWish } from '../catalogue.ts'
import type { Mode } from '../../../shared/domain/model.ts'
import type { RequestProblem } from '../../../shared/normalise/types.ts'
import type { PlannedJob } from '../../../shared/domain/job.ts'

export interface RouteQuestion extends Pick<RouteWish, 'prefer' | 'costOn'> {
  readonly mode: Mode
  readonly model: string | undefined
  readonly provider: string | undefined
  /** Whatever the row names. */
  readonly rehearse: boolean
  readonly allowRetired: boolean
}

/** Where jobs of a row go, and how a request gets there. */
export interface JobRoute extends Pick<
  PlannedJob,
  'provider' | 'model' | 'modelName' | 'route' | 'routeNamed' | 'routeWhy'
> {
  readonly settle: Settle
}

/**
 * Chooses the route of a row's model. The rehearsal stands in for the route that would have been
 * taken, so a batch that could not run tonight cannot be rehearsed either; without a model it is free.
 */
export function routeFor(
  catalogue: Catalogue,
  question: RouteQuestion,
): Result<JobRoute, RequestProblem> {
  const { mode, model, provider } = question
  const isRehearsal = question.rehearse || provider === REHEARSAL
  const named = provider === REHEARSAL ? undefined : provider
  const isPlain = isRehearsal && named === undefined && (model === undefined || model === REHEARSAL)
  if (isPlain) return ok(PLAIN_REHEARSAL)
  const choice = catalogue.choose({
    mode,
    model,
    provider: named,
    allowRetired: question.allowRetired,
    prefer: question.prefer,
    costOn: question.costOn,
  })
  if (!choice.ok) return err(withFreeWay(choice.error))
  const { route } = choice.value
  const { id, name } = choice.value.model
  const asIs: JobRoute = {
    provider: route.provider,
    model: id,
    modelName: name,
    route: route.id,
    // A model's own id alone leaves the way open; a route's id, a provider and a rehearsal do not.
    routeNamed: provider !== undefined || model !== id,
    routeWhy: choice.value.why,
    settle: settleAlike({ name }, route),
  }
  return ok(isRehearsal ? rehearsed(asIs) : asIs)
}

const PLAIN_REHEARSAL: JobRoute = {
  provider: REHEARSAL,
  model: REHEARSAL,
  modelName: 'Rehearsal',
  route: 'rehearsal/rehearsal',
  routeWhy: null,
  settle: (request, seedIfNone) => {
    const done = rehearsalRequest(request, seedIfNone)
    return done.ok ? ok({ done: done.value, estimate: FREE }) : done
  },
}

function rehearsed(real: JobRoute): JobRoute {
  return {
    ...real,
    provider: REHEARSAL,
    routeNamed: true,
    route: `${REHEARSAL}/${real.model}`,
    settle: (request, seedIfNone) => {
      const settled = real.settle(request, seedIfNone)
      return settled.ok ? ok({ done: rehearsalOf(settled.value.done), estimate: FREE }) : settled
    },
  }
}

function withFreeWay(problem: RequestProblem): RequestProblem {
  if (problem.code !== 'noModel') return problem
  return { ...problem, mend: `${problem.mend} The provider rehearsal needs none and is free.` }
}
