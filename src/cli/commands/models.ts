import { EXIT, type ExitCode } from '../exitCode.ts'
import type { AddCommand } from '../command.ts'
import type { CommandContext } from '../context.ts'
import type { Output } from '../terminal/output.ts'
import { counted } from '../terminal/words.ts'
import type { CliTools } from '../../main/composeCli.ts'
import type { PriceAccuracy } from '../../shared/domain/views.ts'
import type { Model } from '../../shared/domain/route.ts'

interface ModelsOptions {
  readonly provider?: string
  readonly refresh?: true
}

export const addModels: AddCommand = (program, run) => {
  const command = program
    .command('models')
    .description('the catalogue')
    .option('--provider <id>', 'that run on one provider')
    .option('--refresh', 'ask providers first what they offer now; free')
    .action((options: ModelsOptions) => run(command, (context) => models(context, options)))
}

async function models(
  context: CommandContext,
  { provider, refresh }: ModelsOptions,
): Promise<ExitCode> {
  const { output } = context
  const tools = await context.open()
  try {
    if (refresh === true) await askNow(tools, output)
    const accuracy = accuracyOf(tools)
    let isEmpty = true
    for (const model of tools.models) {
      const routes = routesOf(tools, model, provider)
      if (routes.length === 0) continue
      isEmpty = false
      const { id, name, creator, modes, lifecycle } = model
      const billed = accuracy.filter((one) => one.model === id)
      output.event({ event: 'model', model: id, name, creator, modes, lifecycle, routes, billed })
      const end =
        lifecycle.status === 'active' ? '' : `  ${output.paint('yellow', lifecycle.status)}`
      const providers = [...new Set(routes.map((route) => route.provider))].join(', ')
      output.line(`${output.paint('bold', id)}  ${name} by ${creator}${end}`)
      output.line(`  ${modes.join(', ')}; on ${providers}`)
      for (const { route, notOffered } of routes)
        if (notOffered !== null)
          output.line(`  ${output.paint('yellow', `${route} was ${notOffered}`)}`)
      for (const one of billed) output.line(`  ${billedWords(one)}`)
    }
    if (isEmpty && provider !== undefined)
      output.note(`No model of the catalogue runs on ${provider}.`)
    return EXIT.allSucceeded
  } finally {
    await tools.close()
  }
}

async function askNow(tools: Pick<CliTools, 'askOffers'>, output: Output): Promise<void> {
  const asked = await tools.askOffers()
  for (const one of asked) {
    output.event({ event: 'asked', ...one })
    if (one.listed === null) output.error(`${one.name}: ${one.trouble ?? 'no answer.'}`)
    else output.note(`${one.name} lists ${counted(one.listed, 'model')}.`)
  }
  if (asked.length === 0) output.note('No provider that has a list has a key here.')
}

/** What one's own bills say; nothing where nothing was run yet. */
function accuracyOf(tools: Pick<CliTools, 'openReader'>): readonly PriceAccuracy[] {
  const reader = tools.openReader()
  if (!reader.ok) return []
  try {
    return reader.value.queries.priceAccuracy()
  } finally {
    reader.value.close()
  }
}

function billedWords({ provider, bills, ratio }: PriceAccuracy): string {
  const percent = Math.round((ratio - 1) * 100)
  const words =
    percent === 0
      ? 'as estimated'
      : `${Math.abs(percent)} % ${percent > 0 ? 'more' : 'less'} than estimated`
  return `${provider} billed ${words} (${counted(bills, 'bill')})`
}

const routesOf = (
  tools: Pick<CliTools, 'notOffered'>,
  { routes }: Model,
  provider: string | undefined,
) =>
  routes
    .filter((route) => !route.byNameOnly)
    .filter((route) => provider === undefined || route.provider === provider)
    .map((route) => ({
      route: route.id,
      provider: route.provider,
      hasPrice: route.prices.length > 0,
      notOffered: tools.notOffered(route),
    }))
