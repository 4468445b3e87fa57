import { createHash } from 'node:crypto'
import { copyFileSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it, onTestFinished } from 'vitest'
import type { Money } from '../../../src/shared/domain/money.ts'
import { eventsOf, runCli, type Ended } from '../../helpers/cli.ts'
import { folderWith } from '../../helpers/folder.ts'
import { keyIn } from '../../helpers/moneyPlan.ts'
import { HOSTED, KEYS, type HostedId } from '../../helpers/providerBench.ts'
import { formBody } from '../../servers/bodies.ts'
import { startDouble } from '../../servers/start.ts'
import type { LoggedRequest, ServerControl } from '../../servers/types.ts'

const PICTURE = new URL('../../../resources/sample/lake-at-dusk.jpg', import.meta.url)
const MODELS: Readonly<Record<HostedId, string>> = {
  lumenfall: 'kling-v3',
  // Retired, but this is a server of one's own.
  'openai-videos': 'sora-2',
  fal: 'kling-v3',
  replicate: 'seedance-2.0',
}

/** What the documents want of a create; `frame` is what stands for the picture. */
interface Documented {
  readonly path: string
  readonly headers: Readonly<Record<string, unknown>>
  readonly body: unknown
}
type Say = (row: { readonly prompt: string; readonly isFramed: boolean }) => Documented

const dataUri = expect.stringMatching(/^data:image\/jpeg;base64,[A-Za-z0-9+/]+=*$/) as unknown
const json = { 'content-type': 'application/json' }

const DOCUMENTED: Readonly<Record<HostedId, Say>> = {
  lumenfall: ({ prompt, isFramed }) => ({
    path: '/openai/v1/videos',
    headers: { ...json, authorization: `Bearer ${KEYS.lumenfall}` },
    body: {
      model: 'kling-v3',
      prompt,
      seconds: 5,
      aspect_ratio: '16:9',
      idempotency_key: expect.stringMatching(/^job_\w+:1$/) as unknown,
      ...(isFramed ? { input_reference: [{ image_url: dataUri }] } : {}),
    },
  }),
  'openai-videos': ({ prompt, isFramed }) => ({
    path: '/v1/videos',
    headers: { ...json, authorization: `Bearer ${KEYS['openai-videos']}` },
    body: {
      model: 'sora-2',
      prompt,
      seconds: '4',
      size: '1280x720',
      ...(isFramed ? { input_reference: { image_url: dataUri } } : {}),
    },
  }),
  fal: ({ prompt, isFramed }) => ({
    path: `/queue/fal-ai/kling-video/v3/pro/${isFramed ? 'image' : 'text'}-to-video`,
    headers: {
      ...json,
      authorization: `Key ${KEYS.fal}`,
      'x-fal-no-retry': '1',
      'x-fal-request-start-timeout': '7200',
      'x-fal-object-lifecycle-preference': '{"expiration_duration_seconds":604800}',
    },
    body: {
      prompt,
      duration: '5',
      ...(isFramed
        ? { start_image_url: expect.stringMatching(/^http.+/) as unknown }
        : { aspect_ratio: '16:9' }),
    },
  }),
  replicate: ({ prompt, isFramed }) => ({
    path: '/v1/models/bytedance/seedance-2.0/predictions',
    headers: { ...json, authorization: `Bearer ${KEYS.replicate}` },
    body: {
      input: {
        prompt,
        duration: 5,
        aspect_ratio: '16:9',
        seed: expect.any(Number) as unknown,
        ...(isFramed ? { image: dataUri } : {}),
      },
    },
  }),
}

const ROWS = [
  { prompt: 'A ferry leaves the pier', isFramed: false },
  { prompt: 'Rain on a tin roof', isFramed: false },
  { prompt: 'The lake wakes up', isFramed: true },
  { prompt: 'The lake goes to sleep', isFramed: true },
]

interface Place {
  readonly server: ServerControl
  readonly cwd: string
  readonly ended: Ended
}

/** A batch of text and first-frame rows, with nothing set but base URLs and a key. */
async function ran(id: HostedId): Promise<Place> {
  const server = await startDouble(id, { settings: { costMicros: 123_457 } })
  onTestFinished(() => server.close())
  const lines = ROWS.map(({ prompt, isFramed }) => `${prompt},${isFramed ? 'lake.jpg' : ''},16:9`)
  const cwd = folderWith({ 'b.csv': ['prompt,first_frame,size', ...lines].join('\n') })
  copyFileSync(PICTURE, join(cwd, 'lake.jpg'))
  const times = { DAILIES_TIME_SCALE: '50', DAILIES_POLL_MIN_MS: '10' }
  const duration = id === 'openai-videos' ? '4' : '5'
  const args = ['--provider', id, '--model', MODELS[id], '--duration', duration, '--yes', '--json']
  const ended = await runCli({
    args: ['run', 'b.csv', ...args, '--data-dir', 'data'],
    cwd,
    env: { ...server.env, ...keyIn(id), ...times },
  })
  return { server, cwd, ended }
}

const bodyOf = ({ headers, body }: LoggedRequest): unknown => {
  const bytes = Buffer.from(body, 'base64')
  const type = headers['content-type'] ?? ''
  return type.startsWith('multipart/')
    ? formBody({ headers, body: bytes })
    : JSON.parse(String(bytes))
}

const digestOf = (path: string): string =>
  createHash('sha256').update(readFileSync(path)).digest('hex')

// Promise: with a base URL and a key a batch is sent as documented, paid once, delivered whole and on the books.
describe.each(HOSTED)('a batch for %s from the command line', (id) => {
  it('is sent as documented, billed once a job, delivered byte by byte; no key is anywhere', async () => {
    const { server, cwd, ended } = await ran(id)
    expect([ended.code, ended.code === 0 ? '' : ended.stderr]).toEqual([0, ''])
    const creates = (await server.requests()).filter(({ kind }) => kind === 'create')
    expect(creates).toHaveLength(ROWS.length)
    for (const row of ROWS) {
      const sent = creates.find((one) => JSON.stringify(bodyOf(one)).includes(row.prompt))
      if (sent === undefined) throw new Error(`${row.prompt} was not sent`)
      const wanted = DOCUMENTED[id](row)
      expect(sent.path).toBe(wanted.path)
      expect(sent.headers).toMatchObject(wanted.headers)
      expect(bodyOf(sent)).toEqual(wanted.body)
    }
    const bill = await server.bill()
    expect(bill.map(({ accepted }) => accepted)).toEqual(ROWS.map(() => true))
    const takes = eventsOf(ended, 'take')
    const files = takes.map(({ path }) => digestOf(String(path)))
    const renders = await server.renders()
    expect(files.toSorted()).toEqual(renders.flatMap(({ sha256 }) => sha256).toSorted())
    expect(ended.events.at(-1)).toMatchObject({
      event: 'summary',
      succeeded: ROWS.length,
      spent: { micros: spent(id, ended, bill.length), currency: 'USD' },
    })
    const names = readdirSync(cwd, { recursive: true, withFileTypes: true })
    const written = names
      .filter((entry) => entry.isFile())
      .filter((entry) => readFileSync(join(entry.parentPath, entry.name)).includes(KEYS[id]))
    expect(written.map(({ name }) => name)).toEqual([])
    expect(`${ended.stdout}${ended.stderr}`).not.toContain(KEYS[id])
  })
})

/** The provider's own figure where it tells one, else what was estimated for what the bill holds. */
function spent(id: HostedId, ended: Ended, jobs: number): number {
  if (id === 'lumenfall') return jobs * 123_457
  const estimates = eventsOf(ended, 'admitted').map(({ estimate }) => estimate as Money)
  return estimates.reduce((sum, { micros }) => sum + micros, 0)
}
