import type { ModelChoice } from '../../../../shared/domain/draft.ts'
import type { ModelOption, RouteOption } from '../../../../shared/domain/modelOption.ts'

/** One line of the picker: a model by one provider. */
export interface ModelEntry {
  readonly id: string
  readonly name: string
  readonly creator: string
  readonly provider: string
  readonly price: string
  /** Why it cannot be sent now; it can be chosen all the same, unless it is retired. */
  readonly unusable: string | null
  readonly isRetired: boolean
  /** What it takes, in a few words. */
  readonly takes: string
}

export const choiceKey = ({ model, provider }: ModelChoice): string => `${model}|${provider ?? ''}`

export function choiceOfKey(key: string): ModelChoice {
  const [model = '', provider = ''] = key.split('|')
  return { model, provider: provider === '' ? null : provider }
}

/** Usable ones first, retired ones last; within that as the catalogue has them. */
export function entriesOf(models: readonly ModelOption[]): readonly ModelEntry[] {
  const entries = models.flatMap((model) => model.routes.map((route) => entryOf(model, route)))
  const rank = (entry: ModelEntry): number =>
    entry.isRetired ? 2 : entry.unusable === null ? 0 : 1
  return entries.toSorted((a, b) => rank(a) - rank(b))
}

function entryOf(model: ModelOption, route: RouteOption): ModelEntry {
  return {
    id: `${model.id}|${route.provider}`,
    name: model.name,
    creator: model.creator,
    provider: route.providerName,
    price: route.priceText ?? 'no known price',
    unusable: route.unusable,
    // Where a server of one's own still has it, it can be chosen.
    isRetired: model.lifecycle.status === 'retired' && route.unusable !== null,
    takes: takesOf(model),
  }
}

function takesOf({ capabilities, modes }: ModelOption): string {
  const { durations, audio } = capabilities
  const first = durations?.seconds[0]
  const last = durations?.seconds.at(-1)
  const length =
    first === undefined ? '' : first === last ? `${first} s` : `${first}–${last ?? ''} s`
  const frame = modes.includes('imageToVideo') ? 'first frame' : 'text only'
  const sound = audio === 'always' || audio === 'optional' ? 'sound' : ''
  return [length, frame, sound].filter((part) => part !== '').join(' · ')
}

/** A choice without a provider is shown as the model's first route that can be used. */
export function keysOf(
  choices: readonly ModelChoice[],
  models: readonly ModelOption[],
): ReadonlySet<string> {
  return new Set(
    choices.map((choice) => {
      if (choice.provider !== null) return choiceKey(choice)
      const routes = models.find(({ id }) => id === choice.model)?.routes ?? []
      const route = routes.find(({ unusable }) => unusable === null) ?? routes[0]
      return `${choice.model}|${route?.provider ?? ''}`
    }),
  )
}
