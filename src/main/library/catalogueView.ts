import { basename } from 'node:path'
import type { PriceRule } from '../../shared/domain/catalogue.ts'
import type {
  CatalogueProblem,
  CatalogueView,
  ModelDetails,
  PriceLine,
  RouteDetails,
} from '../../shared/domain/catalogueView.ts'
import type { ProviderId } from '../../shared/domain/ids.ts'
import type { Mode } from '../../shared/domain/model.ts'
import type { Model, Route } from '../../shared/domain/route.ts'
import { priceText } from './modelOptions.ts'
import type { Catalogue } from './catalogue.ts'
import type { FileProblem } from './modelFile.ts'

interface ViewParts {
  readonly catalogue: Pick<Catalogue, 'models' | 'notOffered'>
  readonly problems: readonly FileProblem[]
  readonly folder: string
  readonly providerName: (id: ProviderId) => string
}

/** Every model with each price, its day and its source. */
export function catalogueView(parts: ViewParts): CatalogueView {
  const { catalogue, problems, folder } = parts
  return {
    folder,
    problems: problems.map(shown),
    models: catalogue.models
      .map((model) => detailsOf(model, parts))
      .toSorted((a, b) => a.name.localeCompare(b.name, 'en')),
  }
}

const shown = ({ file, place, message, mend }: FileProblem): CatalogueProblem => ({
  file: basename(file),
  place,
  message,
  mend,
})

function detailsOf(model: Model, parts: ViewParts): ModelDetails {
  const { id, name, creator, lifecycle, isOwn, source, checkedOn, routes } = model
  return {
    id,
    name,
    creator,
    lifecycle,
    isOwn,
    source,
    checkedOn,
    routes: routes.map((route) => routeOf(route, parts)),
  }
}

function routeOf(route: Route, { providerName, catalogue }: ViewParts): RouteDetails {
  const { id, provider, byNameOnly, prices } = route
  return {
    id,
    provider,
    providerName: providerName(provider),
    byNameOnly,
    prices: prices.map(lineOf),
    notOffered: catalogue.notOffered(route),
  }
}

function lineOf(rule: PriceRule): PriceLine {
  const { checkedOn, source } = rule
  return { text: priceText([rule]) ?? '', when: whenOf(rule), checkedOn, source }
}

const MODE_WORDS: Readonly<Record<Mode, string>> = {
  textToVideo: 'from text',
  imageToVideo: 'from a first frame',
  firstLastFrame: 'from first and last frame',
  referenceToVideo: 'from references',
}

function whenOf({ when }: PriceRule): string {
  if (when === undefined) return ''
  const { resolution, audio, mode, durationSeconds, withOption } = when
  return [
    ...(resolution === undefined ? [] : [`at ${resolution.join(' or ')}`]),
    ...(audio === undefined ? [] : [audio ? 'with sound' : 'without sound']),
    ...(mode?.map((one) => MODE_WORDS[one]) ?? []),
    ...(durationSeconds === undefined ? [] : [`for ${durationSeconds.join(' or ')} s`]),
    ...(withOption === undefined ? [] : [`with ${withOption.join(' or ')}`]),
  ].join(', ')
}
