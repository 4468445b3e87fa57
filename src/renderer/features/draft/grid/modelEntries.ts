import type { ModelChoice } from '../../../../shared/domain/draft.ts'
import type {
  ModelOption,
  ProviderOption,
  RouteOption,
} from '../../../../shared/domain/modelOption.ts'
import type { ModelStats } from '../../../../shared/ipc/reports.ts'
import { formatDuration } from '../../../ui/format.ts'

/** One line of the picker: a model by one provider. */
export interface ModelEntry {
  readonly id: string
  readonly name: string
  readonly creator: string
  readonly provider: string
  readonly price: string
  /** Why it cannot be sent now; it can be chosen all the same, unless it is retired. */
  readonly unusable: string | null
  /** What speaks against it, though it can be sent; null when nothing does. */
  readonly warning: string | null
  readonly isRetired: boolean
  /** True: it only wants a key. */
  readonly needsKey: boolean
  /** What it takes, in a few words. */
  readonly takes: string
  /** What one's own takes of it say, e.g. `picked 12 of 40 · 1 min 20 s`; empty without any. */
  readonly record: string
}

export interface ModelFacts {
  readonly providers: readonly ProviderOption[]
  /** From one's own takes. */
  readonly stats: readonly ModelStats[]
}

const NO_FACTS: ModelFacts = Object.freeze({ providers: [], stats: [] })

export const choiceKey = ({ model, provider }: ModelChoice): string => `${model}|${provider ?? ''}`

export function choiceOfKey(key: string): ModelChoice {
  const [model = '', provider = ''] = key.split('|')
  return { model, provider: provider === '' ? null : provider }
}

/** Usable ones first, retired ones last; within that as the catalogue has them. */
export function entriesOf(
  models: readonly ModelOption[],
  facts: ModelFacts = NO_FACTS,
): readonly ModelEntry[] {
  const entries = models.flatMap((model) => [
    ...preferredEntry(model, facts),
    ...model.routes.map((route) => entryOf(model, route, facts)),
  ])
  const rank = (entry: ModelEntry): number =>
    entry.isRetired ? 2 : entry.unusable === null ? 0 : 1
  return entries.toSorted((a, b) => rank(a) - rank(b))
}

/** Of several providers: the one that the person's order takes, whichever that is then. */
function preferredEntry(model: ModelOption, facts: ModelFacts): readonly ModelEntry[] {
  const route = model.routes.find(({ id }) => id === model.preferred)
  if (route === undefined || !hasChoice(model)) return []
  const provider = `preferred, now ${route.providerName}`
  return [{ ...entryOf(model, route, facts), id: `${model.id}|`, provider }]
}

/** Its catalogue routes lead to more than one provider. */
const hasChoice = ({ routes }: ModelOption): boolean =>
  new Set(routes.map(({ provider }) => provider)).size > 1

function entryOf(model: ModelOption, route: RouteOption, facts: ModelFacts): ModelEntry {
  const { key } = facts.providers.find(({ id }) => id === route.provider) ?? {}
  return {
    id: `${route.choice}|${route.provider}`,
    name: model.name,
    creator: model.creator,
    provider: route.tier === null ? route.providerName : `${route.providerName}, ${route.tier}`,
    price: route.priceText ?? 'no known price',
    unusable: route.unusable,
    warning: route.warning,
    // Where a server of one's own still has it, it can be chosen.
    isRetired: model.lifecycle.status === 'retired' && route.unusable !== null,
    needsKey: key?.state === 'missing',
    takes: takesOf(model),
    record: recordOf(model, route, facts.stats),
  }
}

/** The most that a model does with pictures says the rest. */
const FRAMES = [
  ['firstLastFrame', 'first and last frame'],
  ['imageToVideo', 'first frame'],
  ['referenceToVideo', 'reference pictures'],
] as const

function takesOf({ capabilities, modes }: ModelOption): string {
  const { durations, audio } = capabilities
  const first = durations?.seconds[0]
  const last = durations?.seconds.at(-1)
  const length =
    first === undefined ? '' : first === last ? `${first} s` : `${first}–${last ?? ''} s`
  const frame = FRAMES.find(([mode]) => modes.includes(mode))?.[1] ?? 'text only'
  const sound = audio === 'always' || audio === 'optional' ? 'sound' : ''
  return [length, frame, sound].filter((part) => part !== '').join(' · ')
}

function recordOf(
  { id }: ModelOption,
  { provider }: RouteOption,
  stats: readonly ModelStats[],
): string {
  const own = stats.find((one) => one.model === id && one.provider === provider)
  if (own === undefined || own.takes === 0) return ''
  const picks = `picked ${own.picked} of ${own.takes}`
  const time = own.medianRenderMs === null ? '' : ` · ${formatDuration(own.medianRenderMs)}`
  return `${picks}${time}`
}

/** A choice without a provider is the person's order, where there is anything to choose. */
export function keysOf(
  choices: readonly ModelChoice[],
  models: readonly ModelOption[],
): ReadonlySet<string> {
  return new Set(
    choices.map((choice) => {
      if (choice.provider !== null) return choiceKey(choice)
      const model = models.find(({ id }) => id === choice.model)
      if (model === undefined || (hasChoice(model) && model.preferred !== null))
        return choiceKey(choice)
      return `${choice.model}|${model.routes[0]?.provider ?? ''}`
    }),
  )
}
