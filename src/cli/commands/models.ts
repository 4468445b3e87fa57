import { EXIT, type ExitCode } from '../exitCode.ts'
import type { AddCommand } from '../command.ts'
import type { CommandContext } from '../context.ts'
import { counted } from '../terminal/words.ts'
import type { CliTools } from '../../main/composeCli.ts'
import type { PriceAccuracy } from '../../shared/domain/views.ts'
import type { Model } from '../../shared/domain/route.ts'

interface ModelsOptions {
  readonly provider?: string
}

export const addModels: AddCommand = (program, run) => {
  const command = program
    .command('models')
    .description('the catalogue')
    .option('--provider <id>', 'that run on one provider')
    .action((options: ModelsOptions) => run(command, (context) => models(context, options)))
}

async function models(context: CommandContext, { provider }: ModelsOptions): Promise<ExitCode> {
  const { output } = context
  const tools = await context.open()
  try {
    const accuracy = accuracyOf(tools)
    for (const model of tools.models) {
      const routes = routesOf(model, provider)
      if (routes.length === 0) continue
      const { id, name, creator, modes, lifecycle } = model
      const billed = accuracy.filter((one) => one.model === id)
      output.event({ event: 'model', model: id, name, creator, modes, lifecycle, routes, billed })
      const end =
        lifecycle.status === 'active' ? '' : `  ${output.paint('yellow', lifecycle.status)}`
      const providers = [...new Set(routes.map((route) => route.provider))].join(', ')
      output.line(`${output.paint('bold', id)}  ${name} by ${creator}${end}`)
      output.line(`  ${modes.join(', ')}; on ${providers}`)
      for (const one of billed) output.line(`  ${billedWords(one)}`)
    }
    return EXIT.allSucceeded
  } finally {
    await tools.close()
  }
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

const routesOf = ({ routes }: Model, provider: string | undefined) =>
  routes
    .filter((route) => !route.byNameOnly)
    .filter((route) => provider === undefined || route.provider === provider)
    .map(({ id, provider: on, prices }) => ({
      route: id,
      provider: on,
      hasPrice: prices.length > 0,
    }))
