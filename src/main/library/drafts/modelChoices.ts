import type { ModelChoice } from '../../../shared/domain/draft.ts'
import { modelIdSchema, providerIdSchema } from '../../../shared/domain/ids.ts'
import type { Catalogue } from '../catalogue.ts'
import { REHEARSAL } from '../../../shared/normalise/rehearsal.ts'

export interface NamedModels {
  readonly models: readonly string[]
  /** `''` for none. */
  readonly provider: string
}

/**
 * What a batch file names, as choices of the grid. An unknown name stays, so that planning can say
 * what is wrong with it; what could not even be a name is left out.
 */
export function modelChoices(
  catalogue: Catalogue,
  { models, provider }: NamedModels,
): readonly ModelChoice[] {
  const named = providerIdSchema.safeParse(provider).success ? provider : null
  if (models.length === 0) return named === null ? [] : ownModel(catalogue, named)
  return models.flatMap((name): ModelChoice[] => {
    if (catalogue.model(name) !== undefined) return [{ model: name, provider: named }]
    const route = catalogue.route(name)
    if (route !== undefined) return [{ model: route.model, provider: route.provider }]
    return modelIdSchema.safeParse(name).success ? [{ model: name, provider: named }] : []
  })
}

/** A provider alone means its first usable model. */
function ownModel(catalogue: Catalogue, provider: string): readonly ModelChoice[] {
  if (provider === REHEARSAL) return [{ model: REHEARSAL, provider }]
  const model = catalogue.defaultModel(provider)
  return model === undefined ? [] : [{ model: model.id, provider }]
}
