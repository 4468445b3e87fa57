import { groupBy } from '../shared/domain/groupBy.ts'
import type { AskedPrices, PriceAsked } from '../shared/domain/priceAsked.ts'
import type { JobError } from '../shared/domain/errors.ts'
import type { PlannedJob } from '../shared/domain/job.ts'
import type { CredentialId, ProviderId } from '../shared/domain/ids.ts'
import { err, ok } from '../shared/domain/result.ts'
import type { Tools } from './composeTools.ts'
import type { Engine } from './engine.ts'
import type { PriceQuestions } from './providers/spec.ts'
import { systemClock } from './systemClock.ts'

/** More would keep a person waiting; a batch seldom has so many. */
const MOST_KINDS = 20
const TIMEOUT_MS = 20_000

type PriceTools = Pick<Tools, 'providers' | 'credentials' | 'questionBook' | 'paths'>

export interface PriceWish {
  /** A dry run may be asked although the provider's settings do not say so. */
  readonly dryRun?: boolean | undefined
}

/** Asks for each kind of job once, where the provider has such a call and its key is here. Free. */
export async function askPrices(
  tools: PriceTools,
  jobs: readonly PlannedJob[],
  wish: PriceWish = {},
): Promise<AskedPrices> {
  const askable = jobs.filter(({ provider }) => canSay(tools, provider))
  const kinds = groupBy(askable, ({ route, request, estimate }) => {
    const { prompt: _, seed: __, ...shape } = request.expect
    return JSON.stringify([route, request.endpoint, shape, estimate])
  })
  const signal = AbortSignal.timeout(TIMEOUT_MS)
  const asked = [...kinds.values()].slice(0, MOST_KINDS)
  const prices: PriceAsked[] = []
  // Of a provider one after the other: what turns out to be an order must stay the only one.
  await Promise.all(
    [...tools.providers.keys()].map(async (id) => {
      for (const kind of asked.filter(([job]) => job?.provider === id))
        prices.push(...(await ask(tools, kind, { ...wish, signal })))
    }),
  )
  return { askedAt: systemClock.now(), prices, unasked: kinds.size - asked.length }
}

const canSay = ({ providers, credentials }: PriceTools, id: ProviderId): boolean =>
  providers.get(id)?.estimate !== undefined && credentials.of(id).length > 0

async function ask(
  tools: PriceTools,
  kind: readonly PlannedJob[],
  { dryRun = false, signal }: PriceWish & { readonly signal: AbortSignal },
): Promise<readonly PriceAsked[]> {
  const [job] = kind
  const provider = job === undefined ? undefined : tools.providers.get(job.provider)
  const [credential] = job === undefined ? [] : tools.credentials.of(job.provider)
  if (job === undefined || provider?.estimate === undefined || credential === undefined) return []
  const call = tools.credentials.call(provider.id, credential, signal)
  const questions = questionsFor(tools, { job, credential })
  const answer = call.ok
    ? await provider.estimate(job.request, {
        ...call.value,
        settings: { ...call.value.settings, ...(dryRun ? { dryRun } : {}) },
        questions,
      })
    : call
  const { model, modelName, route, request, estimate } = job
  return [
    {
      provider: provider.id,
      name: provider.name,
      model,
      modelName,
      route,
      durationSeconds: request.expect.durationSeconds,
      jobs: kind.length,
      catalogue: estimate,
      said: answer.ok ? answer.value : null,
      trouble: answer.ok ? null : answer.error.message,
      isBought: !answer.ok && answer.error.code === 'DRY_RUN_SOLD',
    },
  ]
}

/** Both ends of a question go to the disk; a server that sold something once is asked no more. */
function questionsFor(
  { questionBook, paths }: PriceTools,
  { job, credential }: { readonly job: PlannedJob; readonly credential: CredentialId },
): PriceQuestions {
  const { prompt, provider, model, modelName, route, estimate } = job
  const what = { prompt, provider, model, modelName, route, estimate }
  return {
    begin({ key, wire, request }) {
      try {
        const sold = questionBook.soldBefore()
        if (sold !== null) return err(soldOnce(sold, paths.priceQuestions))
        questionBook.asked(key, {
          ...what,
          credential,
          request,
          wire,
          askedAt: systemClock.now(),
        })
        return ok(undefined)
      } catch (error) {
        return err(notWritten(paths.priceQuestions, error))
      }
    },
    end(key, { sold }) {
      const at = systemClock.now()
      if (sold === null) questionBook.answered(key, at)
      else questionBook.sold(key, sold, at)
    },
  }
}

const soldOnce = (id: string, path: string): JobError => ({
  kind: 'invalidRequest',
  code: 'DRY_RUN_SOLD_BEFORE',
  message: `It once took a price question for an order (${id}), so none is asked any more. To ask all the same, remove ${path}.`,
})

const notWritten = (path: string, error: unknown): JobError => ({
  kind: 'disk',
  code: 'QUESTION_NOT_WRITTEN',
  message: `The question was not asked, since ${path}, where it is written down first, cannot be used: ${String(error)}. Mend that, then ask again.`,
})

/** What price questions bought becomes work under way in the queue. A book that cannot be read or written stops no start. */
export async function enterSales(
  {
    questionBook,
    log,
  }: Pick<Tools, 'questionBook'> & { readonly log: Pick<Tools['log'], 'error'> },
  { commands }: { readonly commands: Pick<Engine['commands'], 'recordPurchase'> },
): Promise<number> {
  let sales: ReturnType<typeof questionBook.sales> = []
  try {
    sales = questionBook.sales()
  } catch (error) {
    log.error({ err: error }, 'what price questions bought cannot be read')
  }
  for (const { key, purchase } of sales) {
    await commands.recordPurchase(purchase)
    try {
      questionBook.entered(key, systemClock.now())
    } catch (error) {
      // It stays in the book, and in the queue once: the next start writes it down.
      log.error({ err: error }, 'a purchase in the queue cannot be written down as such')
    }
  }
  return sales.length
}
