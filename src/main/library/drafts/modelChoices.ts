import type { ModelChoice } from '../../../shared/domain/draft.ts'
import type { Route } from '../../../shared/domain/route.ts'
import type { Catalogue } from '../catalogue.ts'
import { REHEARSAL } from '../../../shared/normalise/rehearsal.ts'

export interface NamedModels {
  readonly models: readonly string[]
  /** `''` for none. */
  readonly provider: string
}

/**
 * What a batch file names, as choices of the grid. An unknown name stays, spelt as an id, so that
 * planning can say what is wrong with it: without it the draft's default would be taken for it.
 */
export function modelChoices(
  catalogue: Catalogue,
  { models, provider }: NamedModels,
): readonly ModelChoice[] {
  const named = provider === '' ? null : asId(provider.replaceAll('.', '-'), 40)
  if (models.length === 0) return named === null ? [] : [ownModel(catalogue, named)]
  return models.map((name): ModelChoice => {
    const route = catalogue.model(name) === undefined ? catalogue.route(name) : undefined
    return route === undefined
      ? { model: asId(name, 80), provider: named }
      : choiceOf(catalogue, route)
  })
}

const asId = (text: string, most: number): string =>
  text
    .toLowerCase()
    .replaceAll(/[^a-z0-9.]+/g, '-')
    .replaceAll(/^[^a-z0-9]+|-+$/g, '')
    .slice(0, most) || 'unknown'

/** A tier keeps its own name: the model's would mean the first. */
function choiceOf(catalogue: Catalogue, { id, model, provider }: Route): ModelChoice {
  const first = catalogue.routesOf(model).find((route) => route.provider === provider)
  return { model: first?.id === id ? model : id.slice(provider.length + 1), provider }
}

/** A provider alone means its first usable model; one that has none keeps its name, as a model nobody has. */
const ownModel = (catalogue: Catalogue, provider: string): ModelChoice => ({
  model: provider === REHEARSAL ? REHEARSAL : (catalogue.defaultModel(provider)?.id ?? provider),
  provider,
})
