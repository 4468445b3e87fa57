import { createHash } from 'node:crypto'
import type { FrameSource, RouteRequest } from '../../src/shared/domain/generation.ts'
import type { Operation } from '../../src/shared/domain/job.ts'
import type { JsonObject } from '../../src/shared/domain/json.ts'
import { createHttp } from '../../src/main/providers/http/createHttp.ts'
import type { ProviderHttp } from '../../src/main/providers/http/port.ts'
import { createFal } from '../../src/main/providers/fal/index.ts'
import { createLumenfall } from '../../src/main/providers/lumenfall/index.ts'
import { createOpenaiVideos } from '../../src/main/providers/openaiVideos/index.ts'
import { createReplicate } from '../../src/main/providers/replicate/index.ts'
import type {
  CallContext,
  PrepareCall,
  SubmitOutcome,
  VideoProvider,
  WireRequest,
} from '../../src/main/providers/spec.ts'
import type { ServerOptions } from '../servers/base.ts'
import { startDouble } from '../servers/start.ts'
import type { ServerControl } from '../servers/types.ts'

export const HOSTED = ['lumenfall', 'openai-videos', 'fal', 'replicate'] as const
export type HostedId = (typeof HOSTED)[number]

const MAKERS: Readonly<Record<HostedId, () => VideoProvider>> = {
  lumenfall: createLumenfall,
  'openai-videos': createOpenaiVideos,
  fal: createFal,
  replicate: createReplicate,
}

/** A key of each provider's shape that must never turn up anywhere. */
export const KEYS: Readonly<Record<HostedId, string>> = {
  lumenfall: 'lmnfl_canary01.s3cretS3cretS3cret',
  'openai-videos': 'sk-canary-s3cretS3cretS3cret',
  fal: '0f0e0d0c-1111-2222-3333-444455556666:canaryaabbccddeeff00112233445566',
  replicate: 'r8_canaryS3cretS3cretS3cret',
}

/** One provider, its double, and calls that lead from one to the other over real sockets. */
export interface ProviderBench {
  readonly provider: VideoProvider
  readonly server: ServerControl
  call(changes?: Partial<CallContext>): CallContext
  /** Prepares a request; throws when that is refused. */
  prepare(request: RouteRequest, changes?: Partial<PrepareCall>): Promise<WireRequest>
  submit(wire: WireRequest): Promise<SubmitOutcome>
  /** Prepares and submits; throws unless it was accepted. */
  order(request: RouteRequest, changes?: Partial<PrepareCall>): Promise<Operation>
  close(): Promise<void>
}

export interface BenchOptions extends ServerOptions {
  readonly dialect?: string | undefined
  /** The provider's own settings. */
  readonly providerSettings?: JsonObject | undefined
  readonly http?: ProviderHttp | undefined
}

export async function providerBench(
  id: HostedId,
  options: BenchOptions = {},
): Promise<ProviderBench> {
  const server = await startDouble(id, options)
  const provider = MAKERS[id]()
  const http = createHttp({ proxyOf: () => null })
  const baseUrls = Object.fromEntries(
    provider.traits.baseUrls.map((base) => [base.name, server.env[base.variable] ?? base.default]),
  )
  const call = (changes: Partial<CallContext> = {}): CallContext => ({
    baseUrls,
    settings: options.providerSettings ?? {},
    credential: 'env',
    apiKey: KEYS[id],
    http: options.http ?? http,
    signal: new AbortController().signal,
    now: options.now ?? Date.now,
    ...changes,
  })
  let intents = 0
  const prepare = async (
    request: RouteRequest,
    changes: Partial<PrepareCall> = {},
  ): Promise<WireRequest> => {
    intents += 1
    const wire = await provider.prepare(request, {
      ...call(),
      jobId: 'job_01TEST',
      idempotencyKey: `job_01TEST:${intents}`,
      readFrame: (frame) => Promise.resolve(frameBytes(frame.bytes)),
      label: { row: 2, take: 1, modelName: 'Test', providerName: provider.name },
      ...changes,
    })
    if (!wire.ok) throw new Error(`prepare was refused: ${wire.error.code} ${wire.error.message}`)
    return wire.value
  }
  const submit = (wire: WireRequest): Promise<SubmitOutcome> => provider.submit(wire, call())
  return {
    provider,
    server,
    call,
    prepare,
    submit,
    order: async (request, changes) => {
      const outcome = await submit(await prepare(request, changes))
      if (outcome.kind === 'accepted') return outcome.operation
      throw new Error(`${outcome.kind}: ${outcome.error.code} ${outcome.error.message}`)
    },
    close: async () => {
      await http.close()
      await server.close()
    },
  }
}

/** Bytes of a picture of that size; only its digest and length matter to providers' doubles. */
export const frameBytes = (length: number): Uint8Array => Buffer.alloc(length, 'frame bytes ')

export function fileFrame(
  length = 4_000,
  role: FrameSource['role'] = 'firstFrame',
): FrameSource & { kind: 'file' } {
  const sha256 = createHash('sha256').update(frameBytes(length)).digest('hex')
  return {
    kind: 'file',
    role,
    sha256,
    contentType: 'image/png',
    bytes: length,
    width: 1280,
    height: 720,
    name: 'still.png',
  }
}

/** A request that each double takes; `fields` are added. */
export function routeRequest(id: HostedId, prompt: string, fields: JsonObject = {}): RouteRequest {
  return {
    version: 1,
    endpoint: ENDPOINTS[id],
    fields: { prompt, ...fields },
    frames: [],
    mode: 'textToVideo',
    expect: { prompt, durationSeconds: 4, width: 1280, height: 720, fps: 24, hasAudio: false },
  }
}

const ENDPOINTS: Readonly<Record<HostedId, string>> = {
  lumenfall: 'kling-v3',
  'openai-videos': 'sora-2',
  fal: 'fal-ai/kling-video/v2.6/pro/text-to-video',
  replicate: 'bytedance/seedance-2.0',
}
