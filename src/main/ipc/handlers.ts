import { againHandlers } from './handlers/again.ts'
import { appHandlers } from './handlers/app.ts'
import { arenaHandlers } from './handlers/arena.ts'
import { catalogueHandlers } from './handlers/catalogue.ts'
import { clipHandlers } from './handlers/clips.ts'
import { draftHandlers } from './handlers/drafts.ts'
import { exportHandlers } from './handlers/exports.ts'
import { frameHandlers } from './handlers/frames.ts'
import { importHandlers } from './handlers/imports.ts'
import { nightHandlers } from './handlers/nights.ts'
import { handoffHandlers } from './handlers/handoff.ts'
import { promptHandlers } from './handlers/prompts.ts'
import { providerHandlers } from './handlers/providers.ts'
import { queueHandlers } from './handlers/queue.ts'
import { reviewHandlers } from './handlers/review.ts'
import { takeHandlers } from './handlers/takes.ts'
import type { AppServices } from './services.ts'
import type { Handlers } from './dispatch.ts'

/** The handler of every route; a route without one does not compile. */
export const createHandlers = (services: AppServices): Handlers => ({
  ...againHandlers(services),
  ...appHandlers(services),
  ...arenaHandlers(services),
  ...catalogueHandlers(services),
  ...clipHandlers(services),
  ...draftHandlers(services),
  ...exportHandlers(services),
  ...frameHandlers(services),
  ...handoffHandlers(services),
  ...importHandlers(services),
  ...nightHandlers(services),
  ...promptHandlers(services),
  ...providerHandlers(services),
  ...queueHandlers(services),
  ...reviewHandlers(services),
  ...takeHandlers(services),
})
