import { EXIT, type ExitCode } from '../exitCode.ts'
import type { AddCommand } from '../command.ts'
import type { CommandContext } from '../context.ts'
import type { ProviderHere } from '../../main/composeCli.ts'

export const addProviders: AddCommand = (program, run) => {
  const command = program
    .command('providers')
    .description('providers, whether a key is present, limits')
    .action(() => run(command, providers))
}

async function providers(context: CommandContext): Promise<ExitCode> {
  const { output } = context
  const tools = await context.open()
  try {
    for (const provider of tools.providers) {
      const {
        id,
        name,
        paid,
        keyVariable,
        isReady,
        lane,
        baseUrls,
        fault,
        billingFacts = [],
      } = provider
      output.event({
        event: 'provider',
        provider: id,
        name,
        paid,
        keyVariable,
        keyPresent: isReady,
        concurrency: lane.concurrency,
        createsPerMinute: lane.createsPerMinute,
        baseUrls,
        billingFacts,
        fault: fault ?? undefined,
      })
      output.line(`${output.paint('bold', id)}  ${name}  ${keyWords(provider)}`)
      output.line(`  ${limitWords(provider)}`)
      for (const { words, source, checkedOn } of billingFacts)
        output.line(`  ${words} ${output.paint('dim', `(${source}, ${checkedOn})`)}`)
      if (fault !== null) output.line(`  ${output.paint('red', fault)}`)
    }
    return EXIT.allSucceeded
  } finally {
    await tools.close()
  }
}

function keyWords({ paid, isReady, keyVariable, closedKeys }: ProviderHere): string {
  if (!paid) return 'free, needs no key'
  if (isReady) return 'key present'
  const variable = keyVariable ?? 'its variable'
  return closedKeys === 0
    ? `no key: set ${variable}`
    : `its key is in the system’s keyring, open to the app alone: set ${variable}`
}

function limitWords({ lane: { concurrency, createsPerMinute } }: ProviderHere): string {
  const pace = createsPerMinute === null ? '' : `, ${createsPerMinute} sent a minute`
  return `${concurrency} at once${pace}`
}
