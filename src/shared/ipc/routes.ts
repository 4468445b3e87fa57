import { againRoutes } from './routes/again.ts'
import { appRoutes } from './routes/app.ts'
import { arenaRoutes } from './routes/arena.ts'
import { catalogueRoutes } from './routes/catalogue.ts'
import { clipRoutes } from './routes/clips.ts'
import { draftRoutes } from './routes/drafts.ts'
import { exportRoutes } from './routes/exports.ts'
import { frameRoutes } from './routes/frames.ts'
import { importRoutes } from './routes/imports.ts'
import { nightRoutes } from './routes/nights.ts'
import { handoffRoutes } from './routes/handoff.ts'
import { promptRoutes } from './routes/prompts.ts'
import { providerRoutes } from './routes/providers.ts'
import { queueRoutes } from './routes/queue.ts'
import { reviewRoutes } from './routes/review.ts'
import { takeRoutes } from './routes/takes.ts'
import type { z } from 'zod'

/** Everything the page may ask of main, `noun.verb`. The page uses the types only. */
export const routes = Object.freeze({
  ...againRoutes,
  ...appRoutes,
  ...arenaRoutes,
  ...catalogueRoutes,
  ...clipRoutes,
  ...draftRoutes,
  ...exportRoutes,
  ...frameRoutes,
  ...handoffRoutes,
  ...importRoutes,
  ...nightRoutes,
  ...promptRoutes,
  ...providerRoutes,
  ...queueRoutes,
  ...reviewRoutes,
  ...takeRoutes,
})

export type Routes = typeof routes
export type RouteName = keyof Routes
/** As the page writes it. */
export type InputOf<R extends RouteName> = z.input<Routes[R]['input']>
/** As the handler gets it, parsed. */
export type ParsedInputOf<R extends RouteName> = z.output<Routes[R]['input']>
export type OutputOf<R extends RouteName> =
  Exclude<Routes[R]['output'], undefined> extends never
    ? void
    : Exclude<Routes[R]['output'], undefined>
