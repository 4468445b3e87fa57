import fc from 'fast-check'
import { describe, expect, it, vi } from 'vitest'
import { jsonOf, retryAfterMs } from '../../../../../src/main/providers/http/answers.ts'
import { screaming } from '../../../../../src/main/providers/http/errorKinds.ts'
import { encodeForm, readForm } from '../../../../../src/main/providers/http/multipart.ts'
import {
  proxyFromEnvironment,
  proxyFromSystem,
} from '../../../../../src/main/providers/http/proxy.ts'
import { redact } from '../../../../../src/main/providers/http/redact.ts'
import { readBill } from '../../../../../src/main/providers/fal/bills.ts'
import { readVideo } from '../../../../../src/main/providers/lumenfall/response.ts'
import { moneySchema } from '../../../../../src/shared/domain/moneySchema.ts'
import { formBody } from '../../../../servers/bodies.ts'

describe('Retry-After', () => {
  const now = Date.parse('Sun, 22 Nov 2026 22:00:00 GMT')
  it.each([
    [{ 'retry-after': '7' }, 7_000],
    [{ 'retry-after': '0' }, 0],
    [{ 'retry-after': 'Sun, 22 Nov 2026 22:00:30 GMT' }, 30_000],
    // The server's clock is an hour ahead of ours: only the difference counts.
    [
      { 'retry-after': 'Sun, 22 Nov 2026 23:00:30 GMT', date: 'Sun, 22 Nov 2026 23:00:00 GMT' },
      30_000,
    ],
    [{ 'retry-after': 'Sun, 22 Nov 2026 21:00:00 GMT' }, 0],
    [{ 'retry-after': 'soon' }, undefined],
    [{}, undefined],
  ])('%j is %s ms', (headers, expected) => {
    expect(retryAfterMs(headers as Record<string, string>, now)).toBe(expected)
  })
})

describe('an answer that is nested without end', () => {
  const nested = (levels: number) =>
    jsonOf({ body: Buffer.from(`${'['.repeat(levels)}${']'.repeat(levels)}`) })
  it('is none: reading it would exhaust the stack', () => {
    expect(nested(100)).toBeDefined()
    expect(nested(1_000_000)).toBeUndefined()
  })
})

describe('a bill that gives back, or is beyond counting', () => {
  it.each([-100, '-100', 1e300, 1e10])(
    'of %s is none: no cap shall make room for more by it',
    (cost) => {
      const video = { id: 'video_1', status: 'completed', metadata: { cost } }
      expect(readVideo(video)).toMatchObject({ kind: 'succeeded', cost: undefined })
      const events = [{ request_id: 'request_1', cost_total: cost }]
      expect(readBill({ billing_events: events }, 'request_1')).toBeUndefined()
      expect(moneySchema.safeParse({ micros: -1, currency: 'USD', estimated: false }).success).toBe(
        false,
      )
    },
  )
})

describe('a form', () => {
  it('is read back by a strict reader as it was written, whatever is in it', () => {
    const text = fc.record({
      name: fc.stringMatching(/^[a-z_[\]]{1,20}$/),
      text: fc.string({ unit: 'grapheme' }),
    })
    const file = fc.record({
      name: fc.stringMatching(/^[a-z_]{1,20}$/),
      fileName: fc.stringMatching(/^[\w .-]{1,30}$/),
      contentType: fc.constant('image/png'),
      bytes: fc.uint8Array(),
    })
    fc.assert(
      fc.property(fc.array(fc.oneof(text, file), { minLength: 1, maxLength: 6 }), (parts) => {
        const { contentType, body } = encodeForm(parts)
        const read = formBody({ headers: { 'content-type': contentType }, body })
        expect(
          read?.map(({ name, fileName, bytes }) => [
            name,
            fileName,
            Buffer.from(bytes).toString('base64'),
          ]),
        ).toEqual(
          parts.map((part) => [
            'text' in part ? part.name : part.name,
            'text' in part ? null : part.fileName,
            Buffer.from('text' in part ? part.text : part.bytes).toString('base64'),
          ]),
        )
      }),
    )
  })

  it('is read back by ourselves: texts as they are, files as null', () => {
    const form = encodeForm([
      { name: 'prompt', text: 'žluť\r\n"x"' },
      {
        name: 'input_reference',
        fileName: 'a.png',
        contentType: 'image/png',
        bytes: Buffer.from('x'),
      },
    ])
    expect(readForm(form)).toEqual({ prompt: 'žluť\r\n"x"', input_reference: null })
    expect(readForm({ contentType: 'application/json', body: form.body })).toBeNull()
  })

  it('keeps names from breaking out of their header', () => {
    const { body } = encodeForm([
      {
        name: 'a"\r\nX: y',
        fileName: 'b"\r\n\r\nevil.png',
        contentType: 'image/png\r\nX: y',
        bytes: Buffer.from(''),
      },
    ])
    expect(Buffer.from(body).toString()).not.toMatch(/^X: y/m)
  })
})

describe('proxies from the environment', () => {
  const of = (env: Record<string, string>, url: string) => proxyFromEnvironment(env)(new URL(url))
  const env = {
    HTTPS_PROXY: 'http://proxy:3128',
    HTTP_PROXY: 'plain:8080',
    NO_PROXY: 'internal.example, .corp.example,10.0.0.5:8443,*.wild.example',
  }

  it.each([
    ['https://api.example/v1', 'http://proxy:3128'],
    ['http://192.168.1.4/v1', 'http://plain:8080'],
    ['https://internal.example/', null],
    ['https://api.internal.example/', null],
    ['https://a.corp.example/', null],
    ['https://a.wild.example/', null],
    ['https://10.0.0.5:8443/', null],
    ['https://10.0.0.5/', 'http://proxy:3128'],
    ['https://notinternal.example/', 'http://proxy:3128'],
    ['http://127.0.0.1:9/', null],
    ['http://localhost:9/', null],
    ['http://[::1]:9/', null],
  ])('%s goes through %s', (url, proxy) => {
    expect(of(env, url)).toBe(proxy)
  })

  it('are none without variables, by NO_PROXY=*, and in lower case too', () => {
    expect(of({}, 'https://api.example')).toBeNull()
    expect(of({ ...env, NO_PROXY: '*' }, 'https://api.example')).toBeNull()
    expect(
      of({ https_proxy: 'http://low:1', HTTPS_PROXY: 'http://up:1' }, 'https://api.example'),
    ).toBe('http://low:1')
    expect(of({ ALL_PROXY: 'http://all:1' }, 'https://api.example')).toBe('http://all:1')
  })
})

describe('keys', () => {
  it.each([
    'lmnfl_abc123.SECRETsecret',
    'r8_SECRETsecret123',
    'sk-proj-SECRETsecret123',
    'Bearer SECRETsecret123',
    '0f0e0d0c-1111-2222-3333-444455556666:aabbccddeeff00112233445566778899',
  ])('of the shape %s are taken out', (key) => {
    expect(redact(`Incorrect key: ${key} given`, null)).not.toContain(key.replace('Bearer ', ''))
  })

  it('in use are taken out of any text, in any spelling of it', () => {
    fc.assert(
      fc.property(
        fc.string({ minLength: 8 }),
        fc.stringMatching(/^[\w/+=:.-]{8,40}$/),
        fc.string(),
        (before, key, after) => {
          const text = `${before}${key}${after} ${encodeURIComponent(key)} ${Buffer.from(key).toString('base64')}`
          expect(redact(text, key)).not.toContain(key)
        },
      ),
    )
  })
})

describe('codes', () => {
  it.each([
    ['content_policy_violation', 'CONTENT_POLICY_VIOLATION'],
    ['InvalidSize', 'INVALID_SIZE'],
    ['Input validation failed', 'INPUT_VALIDATION_FAILED'],
    ['E005', 'E005'],
  ])('%s is %s', (code, expected) => {
    expect(screaming(code)).toBe(expected)
  })
})

describe('the system’s proxy', () => {
  const of = (answer: string, url = 'https://fal.run/x', env: Record<string, string> = {}) =>
    proxyFromSystem(env, async () => answer)(new URL(url))

  it.each([
    ['DIRECT', null],
    ['PROXY proxy.example:8080; DIRECT', 'http://proxy.example:8080'],
    ['HTTPS proxy.example:443', 'https://proxy.example:443'],
    ['SOCKS5 proxy.example:1080; PROXY other.example:80', 'http://other.example:80'],
    ['SOCKS5 proxy.example:1080', null],
    ['', null],
  ])('%j leads to %j', async (answer, expected) => {
    expect(await of(answer)).toBe(expected)
  })

  it('is not waited for when it does not say', async () => {
    vi.useFakeTimers()
    const asked = Promise.resolve(
      proxyFromSystem({}, () => new Promise(() => undefined))(new URL('https://fal.run/')),
    )
    const why = asked.catch(String)
    await vi.advanceTimersByTimeAsync(4_000)
    expect(await why).toContain('in time')
    vi.useRealTimers()
  })

  it('gives way to the environment’s, and is not asked about this machine', async () => {
    const env = { HTTPS_PROXY: 'http://own.example:3128', NO_PROXY: 'fal.run' }
    expect(await of('PROXY proxy.example:8080', 'https://other.example/', env)).toBe(
      'http://own.example:3128',
    )
    expect(await of('PROXY proxy.example:8080', 'https://fal.run/', env)).toBeNull()
    expect(await of('PROXY proxy.example:8080', 'http://127.0.0.1:9/')).toBeNull()
  })
})
