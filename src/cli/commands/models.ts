import { EXIT, type ExitCode } from '../exitCode.ts'
import type { AddCommand } from '../command.ts'
import type { CommandContext } from '../context.ts'
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
    for (const model of tools.models) {
      const routes = routesOf(model, provider)
      if (routes.length === 0) continue
      const { id, name, creator, modes, lifecycle } = model
      output.event({ event: 'model', model: id, name, creator, modes, lifecycle, routes })
      const end =
        lifecycle.status === 'active' ? '' : `  ${output.paint('yellow', lifecycle.status)}`
      const providers = [...new Set(routes.map((route) => route.provider))].join(', ')
      output.line(`${output.paint('bold', id)}  ${name} by ${creator}${end}`)
      output.line(`  ${modes.join(', ')}; on ${providers}`)
    }
    return EXIT.allSucceeded
  } finally {
    await tools.close()
  }
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
