import { describe, expect, test } from 'vitest'
import { credentialOf } from '../../../src/main/providers/credentialId.ts'
import {
  createCredentials,
  type CredentialSources,
} from '../../../src/main/providers/credentials.ts'
import { createHttp } from '../../../src/main/providers/http/createHttp.ts'
import { createFal } from '../../../src/main/providers/fal/index.ts'
import { createOpenaiVideos } from '../../../src/main/providers/openaiVideos/index.ts'
import { createRegistry, withLimits } from '../../../src/main/providers/registry.ts'

const http = createHttp()
const signal = new AbortController().signal

function credentialsWith(change: Partial<CredentialSources>) {
  return createCredentials({
    providers: createRegistry([createFal(), createOpenaiVideos()]),
    env: {},
    stored: () => [],
    settings: () => ({ baseUrls: {}, options: {} }),
    http,
    now: () => 0,
    readFrame: () => Promise.reject(new Error('no frame')),
    ...change,
  })
}
const stored = (apiKey: string) => ({ id: credentialOf(apiKey), apiKey })

describe('which key is used', () => {
  test('keys of the person go before the one of the environment, in their order', () => {
    const keys = [stored('first-key'), stored('second-key')]
    const credentials = credentialsWith({ env: { FAL_KEY: 'env-key' }, stored: () => keys })
    expect(credentials.of('fal')).toEqual(keys.map(({ id }) => id))
  })

  test('a job keeps the key that it was sent with, whichever comes first now', () => {
    const credentials = credentialsWith({
      env: { FAL_KEY: 'env-key' },
      stored: () => [stored('second-key'), stored('first-key')],
    })
    for (const key of ['first-key', 'env-key'])
      expect(credentials.call('fal', credentialOf(key), signal)).toMatchObject({
        value: { apiKey: key, credential: credentialOf(key) },
      })
    expect(credentials.call('fal', credentialOf('gone'), signal)).toMatchObject({
      error: { code: 'NO_KEY' },
    })
  })

  test('the same key has one name, whether it is kept here or in the environment', () => {
    const before = credentialsWith({ env: { FAL_KEY: 'the-key' } }).of('fal')
    expect(credentialsWith({ stored: () => [stored('the-key')] }).of('fal')).toEqual(before)
  })
})

describe('a server of one’s own', () => {
  const own = () => ({ baseUrls: { base: 'http://127.0.0.1:8000/v1' }, options: {} })

  test('needs no key, and gets one that is there', () => {
    const without = credentialsWith({ settings: own })
    expect(without.of('openai-videos')).toEqual(['none'])
    expect(without.call('openai-videos', 'none', signal)).toMatchObject({ value: { apiKey: null } })
    const withKey = credentialsWith({ settings: own, stored: () => [stored('my-key')] })
    expect(withKey.of('openai-videos')).toEqual([credentialOf('my-key')])
  })

  test('is no excuse for calling a hosted one without a key', () => {
    const hosted = credentialsWith({})
    expect(hosted.of('openai-videos')).toEqual([])
    expect(hosted.call('openai-videos', 'none', signal)).toMatchObject({
      error: { code: 'NO_KEY' },
    })
    const fal = credentialsWith({
      settings: () => ({ baseUrls: { queue: 'http://127.0.0.1:1' }, options: {} }),
    })
    expect(fal.of('fal')).toEqual([])
  })
})

test('a limit of the person counts at once, and the provider’s own when it is taken back', () => {
  const plain = createFal()
  let own = { concurrency: null as number | null, createsPerMinute: null as number | null }
  const limited = withLimits(plain, () => own)
  expect(limited.traits.lane).toEqual(plain.traits.lane)
  own = { concurrency: 1, createsPerMinute: 5 }
  expect(limited.traits.lane).toEqual({ concurrency: 1, createsPerMinute: 5 })
  expect(limited.traits.currency).toBe(plain.traits.currency)
})
