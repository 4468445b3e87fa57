import type { Catalogue } from './catalogue.ts'
import type { LoadedCatalogue } from './loadCatalogue.ts'
import type { FileProblem } from './modelFile.ts'

/** A catalogue whose files can be read again while everything holds on to it. */
export interface LiveCatalogue {
  /** Always answers from the files as they were read last. */
  readonly catalogue: Catalogue
  problems(): readonly FileProblem[]
  reload(): Promise<void>
}

/** @param circumstances what beside the files decides which route is taken, as one text */
export async function openLiveCatalogue(
  load: () => Promise<LoadedCatalogue>,
  circumstances: () => string = () => '',
): Promise<LiveCatalogue> {
  let loaded = await load()
  let reads = 0
  const now = (): Catalogue => loaded.catalogue
  return {
    catalogue: {
      get revision() {
        return `${reads} ${circumstances()}`
      },
      get models() {
        return now().models
      },
      model: (id) => now().model(id),
      route: (id) => now().route(id),
      routesOf: (id) => now().routesOf(id),
      defaultModel: (provider, options) => now().defaultModel(provider, options),
      suggestion: (id) => now().suggestion(id),
      alternatives: (id) => now().alternatives(id),
      notOffered: (...args) => now().notOffered(...args),
      runsOn: (...args) => now().runsOn(...args),
      choose: (wish) => now().choose(wish),
    },
    problems: () => loaded.problems,
    async reload() {
      loaded = await load()
      reads += 1
    },
  }
}
