import { parseArgs } from 'node:util'
import { startDouble } from './start.ts'
import type { ServerControl } from './types.ts'

const PROVIDERS = {
  lumenfall: { name: 'Lumenfall', keyName: 'LUMENFALL_API_KEY', how: '--model kling-v3' },
  fal: { name: 'fal', keyName: 'FAL_KEY', how: '--model kling-v3' },
  replicate: {
    name: 'Replicate',
    keyName: 'REPLICATE_API_TOKEN',
    how: '--model kling-v3 --allow-unpriced',
  },
  'openai-videos': { name: 'OpenAI videos', keyName: 'OPENAI_API_KEY', how: '--model sora-2' },
} as const

const KEY = 'practice-key'
/** How long a render takes here: long enough to be seen, short enough to wait for. */
const RENDERS = { mode: 'clock', minMs: 3_000, maxMs: 9_000 } as const
const LOOK_EACH_MS = 1_000

/**
 * `npm run provider -- fal`: a provider to practise on, on this machine. It takes what the real one
 * takes, delivers small clips, keeps a bill and charges nobody.
 */
async function main(): Promise<void> {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: { port: { type: 'string', default: '4010' } },
  })
  const id = positionals[0] ?? 'lumenfall'
  if (!isKnown(id)) {
    throw new RangeError(`${id} is not known here. Known: ${Object.keys(PROVIDERS).join(', ')}.`)
  }
  const server = await startDouble(id, {
    port: Number(values.port),
    settings: { renders: RENDERS },
  })
  say(guide(id, server))
  await tellBill(server)
}

const isKnown = (id: string): id is keyof typeof PROVIDERS => Object.hasOwn(PROVIDERS, id)

function guide(id: keyof typeof PROVIDERS, { env }: ServerControl): string {
  const { name, keyName, how } = PROVIDERS[id]
  const addresses = Object.entries(env)
  return [
    `A stand-in for ${name} on this machine. It renders nothing and charges nobody.`,
    '',
    `In the app: Settings, Providers, ${name}. Any key will do, such as ${KEY}. Base URL:`,
    ...addresses.map(([variable, url]) => `  ${fieldOf(variable)}: ${url}`),
    '',
    'On the command line, in another terminal:',
    ...[...addresses, [keyName, KEY]].map((pair) => `  export ${pair.join('=')}`),
    `  npm run -s dailies -- run resources/sample/sample.csv --data-dir practice \\`,
    `    --provider ${id} ${how} --budget 20`,
    '',
    'What it is asked to render is told here. Ctrl+C ends it.',
  ].join('\n')
}

/** What the settings call it: FAL_QUEUE_URL is Queue. */
const FIELDS: Readonly<Record<string, string>> = {
  BASE: 'Base',
  QUEUE: 'Queue',
  REST: 'REST',
  API: 'API',
}

const fieldOf = (variable: string): string => FIELDS[variable.split('_').at(-2) ?? ''] ?? variable

/** A line for each create, as a provider's bill would have it. */
async function tellBill(server: ServerControl): Promise<never> {
  let told = 0
  for (;;) {
    const bill = await server.bill()
    for (const { path, accepted, costMicros } of bill.slice(told)) {
      say(`${path}  ${accepted ? `taken, $${(costMicros / 1_000_000).toFixed(2)}` : 'refused'}`)
    }
    told = bill.length
    await new Promise((done) => setTimeout(done, LOOK_EACH_MS))
  }
}

const say = (text: string): void => void process.stdout.write(`${text}\n`)

if (import.meta.main) await main()
