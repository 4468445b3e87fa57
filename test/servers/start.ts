import { parseArgs } from 'node:util'
import type { ServerOptions } from './base.ts'
import { startFal } from './fal.ts'
import { startLumenfall } from './lumenfall.ts'
import { DIALECTS } from './openaiVideosCreate.ts'
import { startOpenaiVideos } from './openaiVideos.ts'
import { startReplicate } from './replicate.ts'
import type { ServerControl, ServerSettings } from './types.ts'

/** Starts a double by its provider's id. @throws RangeError for an unknown one */
export async function startDouble(
  provider: string,
  options: ServerOptions & { readonly dialect?: string | undefined } = {},
): Promise<ServerControl> {
  const dialect = DIALECTS.find((name) => name === options.dialect)
  switch (provider) {
    case 'lumenfall':
      return startLumenfall(options)
    case 'openai-videos':
      return startOpenaiVideos({ ...options, dialect })
    case 'fal':
      return startFal(options)
    case 'replicate':
      return startReplicate(options)
    default:
      throw new RangeError(`there is no double of ${provider}`)
  }
}

/**
 * `node test/servers/start.ts fal --port 0 --settings '{"renders":{"mode":"hand"}}'`: prints one line
 * of JSON with its URL and the environment that leads there, then serves until it is ended.
 */
async function main(): Promise<void> {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: {
      port: { type: 'string', default: '0' },
      dialect: { type: 'string' },
      settings: { type: 'string', default: '{}' },
    },
  })
  const settings = JSON.parse(values.settings) as Partial<ServerSettings>
  const server = await startDouble(positionals[0] ?? '', {
    port: Number(values.port),
    dialect: values.dialect,
    settings,
  })
  process.stdout.write(`${JSON.stringify({ url: server.url, env: server.env })}\n`)
}

if (import.meta.main) await main()
