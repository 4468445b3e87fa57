import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Json, JsonObject } from '../../../../../src/shared/domain/json.ts'
import { decideHead } from '../../../../../src/main/providers/http/downloadRules.ts'
import {
  describeFields,
  fingerprint,
  placeFrames,
} from '../../../../../src/main/providers/http/frames.ts'
import { matchInput } from '../../../../../src/main/providers/http/matchInput.ts'
import { allPages } from '../../../../../src/main/providers/http/pages.ts'
import { createUploadCache } from '../../../../../src/main/providers/http/uploads.ts'
import { videoLinks } from '../../../../../src/main/providers/http/videoLinks.ts'
import { readVideo } from '../../../../../src/main/providers/lumenfall/response.ts'
import { readVideo as readOpenai } from '../../../../../src/main/providers/openaiVideos/response.ts'
import {
  readPage as readFalPage,
  readResult,
  readStatus,
} from '../../../../../src/main/providers/fal/response.ts'
import { readPrediction } from '../../../../../src/main/providers/replicate/response.ts'
import { ok } from '../../../../../src/shared/domain/result.ts'
import { fileFrame, routeRequest } from '../../../../helpers/providerBench.ts'

const json = fc.jsonValue() as fc.Arbitrary<Json>

describe('frames in fields', () => {
  it('stand where their marks stood, at any depth, and nothing else changes', () => {
    const fields: JsonObject = {
      a: { $frame: 1 },
      b: [{ image_url: { $frame: 0 } }, 'x', null, 0],
      c: { d: { $frame: 7 } },
    }
    expect(placeFrames(fields, ['zero', 'one'])).toEqual({
      a: 'one',
      b: [{ image_url: 'zero' }, 'x', null, 0],
      c: { d: null },
    })
    fc.assert(
      fc.property(json, (value) => {
        expect(placeFrames(value, [])).toEqual(value)
      }),
    )
  })
})

describe('fields as they are shown', () => {
  it('hold no bytes and no key', () => {
    const uri = `data:image/png;base64,${'A'.repeat(50)}`
    const fields = { openai_api_key: 'sk-secret', image: uri, list: [{ token: 'x' }], tokens: 5 }
    const shown = describeFields(routeRequest('replicate', 'x', fields))
    expect(JSON.stringify(shown)).not.toMatch(/sk-secret|AAAA/)
    expect(shown).toMatchObject({ openai_api_key: '[key]', list: [{ token: '[key]' }], tokens: 5 })
  })
})

describe('a fingerprint', () => {
  it('does not depend on the order of fields, and does on everything else', () => {
    const print = (fields: JsonObject, frames = [fileFrame(10)]) =>
      fingerprint('fal', 'env', { ...routeRequest('fal', 'x', fields), frames })
    expect(print({ a: 1, b: { c: 2, d: 3 } })).toBe(print({ b: { d: 3, c: 2 }, a: 1 }))
    expect(print({ a: 1 })).not.toBe(print({ a: 2 }))
    expect(print({ a: 0 })).not.toBe(print({}))
    expect(print({ a: 1 })).not.toBe(print({ a: 1 }, [fileFrame(11)]))
  })
})

describe('a listed input', () => {
  const sent = {
    prompt: 'a fox',
    duration: '5',
    seed: 0,
    image_url: 'https://x.example/a.png',
    audio: false,
  }
  it.each<[string, Json | undefined, string]>([
    ['the same', sent, 'same'],
    ['the same with a number written as digits', { ...sent, duration: 5 }, 'same'],
    ['another prompt', { ...sent, prompt: 'a cat' }, 'different'],
    ['another seed', { ...sent, seed: 1 }, 'different'],
    ['another flag', { ...sent, audio: true }, 'different'],
    ['a rewritten link', { ...sent, image_url: 'https://cdn.example/b.png' }, 'unknown'],
    ['a default filled in', { ...sent, resolution: '720p' }, 'unknown'],
    ['a field left out', { prompt: 'a fox' }, 'unknown'],
    ['nothing left', {}, 'unknown'],
    ['null', null, 'unknown'],
    ['no input', undefined, 'unknown'],
  ])('with %s', (_, seen, verdict) => {
    expect(matchInput(sent, seen)).toBe(verdict)
  })

  it('is the same as itself', () => {
    fc.assert(
      fc.property(fc.dictionary(fc.string({ minLength: 1 }), json, { minKeys: 1 }), (input) => {
        expect(matchInput(input, input)).toBe('same')
      }),
    )
  })
})

describe('a range answer', () => {
  const resume = { offset: 100, etag: '"abc"', total: 1_000 }
  const good = { etag: '"abc"', 'content-range': 'bytes 100-999/1000' }
  it('continues only the very same file', () => {
    expect(decideHead({ status: 206, headers: good }, resume)).toEqual({
      kind: 'read',
      offset: 100,
      total: 1_000,
      etag: '"abc"',
    })
    const others = [
      { ...good, etag: 'W/"abc"' },
      { ...good, etag: '"abd"' },
      { 'content-range': good['content-range'] },
      { ...good, 'content-range': 'bytes 100-999/1001' },
      { ...good, 'content-range': 'bytes 99-999/1000' },
      { ...good, 'content-range': 'bytes 100-500/1000' },
      { etag: '"abc"' },
    ]
    for (const headers of others)
      expect(decideHead({ status: 206, headers }, resume)).toEqual({ kind: 'startOver' })
    expect(decideHead({ status: 206, headers: good }, null)).toEqual({ kind: 'startOver' })
    expect(
      decideHead({ status: 200, headers: { ...good, 'content-length': '1000' } }, resume),
    ).toMatchObject({ kind: 'read', offset: 0 })
    expect(decideHead({ status: 416, headers: {} }, resume)).toEqual({ kind: 'startOver' })
  })
})

describe('videos in an answer', () => {
  it.each<[string, Json, readonly string[]]>([
    [
      'a file object',
      {
        video: { url: 'https://x/a', content_type: 'video/mp4' },
        thumbnail: { url: 'https://x/t.webp', content_type: 'image/webp' },
      },
      ['https://x/a'],
    ],
    ['a file object that tells only its name', { video: { url: 'https://x/a' } }, ['https://x/a']],
    [
      'a list',
      { videos: [{ url: 'https://x/1.mp4' }, { url: 'https://x/2.mp4' }] },
      ['https://x/1.mp4', 'https://x/2.mp4'],
    ],
    [
      'the same twice',
      { video: { url: 'https://x/1.mp4' }, videos: [{ url: 'https://x/1.mp4' }] },
      ['https://x/1.mp4'],
    ],
    ['a bare link', { output: 'https://x/1.webm?sig=a' }, ['https://x/1.webm?sig=a']],
    [
      'no video',
      {
        images: [{ url: 'https://x/1.png', content_type: 'image/png' }],
        audio: { url: 'https://x/1.mp3', content_type: 'audio/mpeg' },
      },
      [],
    ],
  ])('%s', (_, value, urls) => {
    expect(videoLinks(value).map((output) => (output.kind === 'url' ? output.url : ''))).toEqual(
      urls,
    )
  })
})

describe('answers of any shape', () => {
  const statuses = [
    'queued',
    'in_progress',
    'completed',
    'failed',
    'COMPLETED',
    'IN_QUEUE',
    'succeeded',
    'new-status',
    7,
    null,
  ]
  const likely = fc.record(
    {
      id: fc.oneof(fc.string(), fc.integer(), json),
      status: fc.oneof(fc.constantFrom(...statuses), json),
      output: json,
      error: json,
      metadata: json,
      progress: json,
      created_at: json,
    },
    { requiredKeys: [] },
  ) as fc.Arbitrary<Json>

  it('never crash a reader, and never fail a render without the word for it', () => {
    fc.assert(
      fc.property(fc.oneof(json, likely), (value) => {
        const status =
          typeof value === 'object' && value !== null && 'status' in value
            ? value['status']
            : undefined
        const looks = [
          readVideo(value),
          readOpenai(value, 'https://x/content'),
          readPrediction(value),
          readStatus(value),
          readResult(value),
        ]
        for (const look of looks) {
          const isFailure = look !== null && look !== 'completed' && look.kind === 'failed'
          expect(!isFailure || status === 'failed').toBe(true)
        }
        readFalPage(value, { sent: {}, endpoint: 'x' })
      }),
      { numRuns: 10_000 },
    )
  })

  it('with a status that nobody knows mean that it runs', () => {
    expect(readVideo({ id: 'a', status: 'warming_up' })).toMatchObject({ kind: 'running' })
    expect(readOpenai({ id: 'a', status: 'warming_up' }, '')).toMatchObject({ kind: 'running' })
    expect(readPrediction({ id: 'a', status: 'warming_up' })).toMatchObject({ kind: 'running' })
    expect(readStatus({ status: 'WARMING_UP' })).toMatchObject({ kind: 'running' })
  })

  it('keep a cost only when it is an amount', () => {
    expect(
      readVideo({ id: 'a', status: 'completed', metadata: { cost: '0.30', cost_currency: 'usd' } }),
    ).toMatchObject({ cost: { micros: 300_000, currency: 'USD', estimated: false } })
    expect(
      readVideo({
        id: 'a',
        status: 'completed',
        metadata: { cost: 'free', cost_currency: 'a lot' },
      }),
    ).toMatchObject({ cost: undefined, outputs: [] })
  })
})

describe('pages', () => {
  it('may be longer than a call may have arguments', async () => {
    const items = Array.from({ length: 200_000 }, () => 1)
    const read = await allPages<number>(async () => ok({ items, next: null }))
    expect(read.ok && read.value.length).toBe(items.length)
  })

  it('are all read, and a list that goes in circles ends', async () => {
    const pages: Record<string, { items: readonly number[]; next: string | null }> = {
      start: { items: [1, 2], next: 'b' },
      b: { items: [3], next: 'c' },
      c: { items: [4], next: 'b' },
    }
    const read = await allPages<number>((cursor) =>
      Promise.resolve(ok(pages[cursor ?? 'start'] ?? { items: [], next: null })),
    )
    expect(read).toEqual({ ok: true, value: [1, 2, 3, 4] })
  })

  it('without an end are an error', async () => {
    let page = 0
    const read = await allPages<number>(() =>
      Promise.resolve(ok({ items: [], next: String((page += 1)) })),
    )
    expect(read).toMatchObject({ ok: false, error: { code: 'LIST_TOO_LONG' } })
  })
})

describe('uploads', () => {
  it('are shared while they live, made anew after, and not remembered when they failed', async () => {
    const cache = createUploadCache(1_000)
    let uploads = 0
    const upload = () => {
      uploads += 1
      return Promise.resolve(
        uploads === 1
          ? ({ ok: false, error: { kind: 'unavailable', code: 'X', message: 'x' } } as const)
          : ok(`link ${uploads}`),
      )
    }
    expect((await cache.once('a', 0, upload)).ok).toBe(false)
    expect(await cache.once('a', 0, upload)).toEqual(ok('link 2'))
    expect(await cache.once('a', 999, upload)).toEqual(ok('link 2'))
    expect(await cache.once('b', 999, upload)).toEqual(ok('link 3'))
    expect(await cache.once('a', 1_001, upload)).toEqual(ok('link 4'))
  })
})
