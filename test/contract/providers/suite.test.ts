import { readFile } from 'node:fs/promises'
import type { CallContext, OutputSource, PrepareCall } from '../../../src/main/providers/spec.ts'
import { createRenderVideo } from '../../../src/main/media/rehearsal/renderVideo.ts'
import { createRehearsal, type Rehearsal } from '../../../src/main/providers/rehearsal/index.ts'
import { FONTS, NEVER, realFfmpeg } from '../../helpers/clips.ts'
import { folderWith } from '../../helpers/folder.ts'
import {
  frameBytes,
  HOSTED,
  KEYS,
  providerBench,
  routeRequest,
  type HostedId,
} from '../../helpers/providerBench.ts'
import { describeProvider, type ProviderHarness } from '../providerSuite.ts'

const label = { row: 2, take: 1, modelName: 'Test', providerName: 'Test' }
const prepareCallOf = (call: CallContext, idempotencyKey: string): PrepareCall => ({
  ...call,
  jobId: 'job_01TEST',
  idempotencyKey,
  readFrame: (frame) => Promise.resolve(frameBytes(frame.bytes)),
  label,
})

async function rehearsal(): Promise<ProviderHarness> {
  const workDir = folderWith()
  const render = createRenderVideo(realFfmpeg(), FONTS)
  const made: Rehearsal[] = []
  const call = (): CallContext => ({
    baseUrls: {},
    settings: {},
    credential: 'none',
    apiKey: null,
    http: { create: noNetwork, call: noNetwork },
    signal: NEVER,
    now: Date.now,
  })
  return {
    make: () => {
      const one = createRehearsal({ workDir, render, framePath: () => '/nowhere', concurrency: 2 })
      made.push(one)
      return one
    },
    call,
    prepareCall: (key) => prepareCallOf(call(), key),
    request: (prompt, kind) => ({
      version: 1,
      endpoint: 'rehearsal',
      fields: { prompt },
      frames: [],
      mode: 'textToVideo',
      expect: {
        prompt,
        durationSeconds: kind === 'short' ? 0.5 : 60,
        width: 160,
        height: 90,
        fps: 24,
        hasAudio: false,
      },
    }),
    finish: async (provider, operation) => {
      await provider.check(operation, call())
      await Promise.all(made.map((one) => one.idle()))
    },
    read: (output) => (output.kind === 'file' ? readFile(output.path) : noNetwork()),
    secrets: [],
    close: async () => undefined,
  }
}
const noNetwork = (): Promise<never> => Promise.reject(new Error('rehearsal has no network'))

async function hosted(id: HostedId): Promise<ProviderHarness> {
  const bench = await providerBench(id, {
    dialect: id === 'openai-videos' ? 'vllm-omni' : undefined,
    providerSettings: id === 'openai-videos' ? { preset: 'vllm-omni' } : {},
  })
  await bench.server.set({ renders: { mode: 'hand' } })
  return {
    make: () => bench.provider,
    call: () => bench.call(),
    prepareCall: (key) => prepareCallOf(bench.call(), key),
    request: (prompt) => routeRequest(id, prompt),
    finish: (_, operation) => bench.server.finish(operation.id),
    read: async (output: OutputSource) => {
      if (output.kind === 'file') throw new Error('a hosted provider has no files here')
      const { http, apiKey, signal } = bench.call()
      const headers = output.withKey ? bench.provider.keyHeaders?.(apiKey ?? '') : undefined
      const reply = await http.call({ method: 'GET', url: output.url, headers, signal })
      if (reply.kind !== 'answer') throw new Error(reply.cause)
      return reply.body
    },
    secrets: [KEYS[id]],
    close: () => bench.close(),
  }
}

describeProvider('Rehearsal', rehearsal)
for (const id of HOSTED) describeProvider(id, () => hosted(id))
