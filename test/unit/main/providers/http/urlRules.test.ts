import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { isPrivateAddress } from '../../../../../src/main/providers/http/addresses.ts'
import {
  checkAnsweredUrl,
  checkBaseUrl,
  ontoOrigin,
  originsOf,
} from '../../../../../src/main/providers/http/urlRules.ts'

const v4 = (number: number): string =>
  [24, 16, 8, 0].map((shift) => (number >>> shift) & 255).join('.')

describe('private addresses', () => {
  it.each([
    '127.0.0.1', '127.255.255.254', '10.0.0.1', '172.16.0.1', '172.31.255.255', '192.168.1.1', '169.254.169.254', '100.64.0.1', '0.0.0.0',
    '192.0.2.1', '198.18.0.1', '203.0.113.9', '224.0.0.1', '255.255.255.255', '::1', '::', 'fe80::1', 'fe80::1%eth0', 'fc00::1', 'fd12:3456::1',
    'ff02::1', '::ffff:10.0.0.1', '::ffff:7f00:1', '64:ff9b::a9fe:a9fe', '64:ff9b:1::1', '2002:7f00:1::', '2001:0:1::', '2001:db8::1', '::7f00:1',
    'not an address', '', '1.2.3', '1.2.3.999', '1::2::3', 'g::1',
  ])('hold %s', (address) => {
    expect(isPrivateAddress(address)).toBe(true)
  }) // prettier-ignore

  it.each([
    '8.8.8.8',
    '93.184.216.34',
    '172.32.0.1',
    '172.15.255.255',
    '100.128.0.1',
    '192.169.0.1',
    '223.255.255.255',
    '2606:4700::1111',
    '2a00:1450::8a',
    '::ffff:8.8.8.8',
    '64:ff9b::808:808',
  ])('do not hold %s', (address) => {
    expect(isPrivateAddress(address)).toBe(false)
  })

  it('are the same inside an IPv6 form as alone', () => {
    fc.assert(
      fc.property(fc.nat(0xffffffff), (number) => {
        const address = v4(number)
        const hex = `${(number >>> 16).toString(16)}:${(number & 0xffff).toString(16)}`
        expect(isPrivateAddress(`::ffff:${address}`)).toBe(isPrivateAddress(address))
        expect(isPrivateAddress(`::ffff:${hex}`)).toBe(isPrivateAddress(address))
        expect(isPrivateAddress(`64:ff9b::${hex}`)).toBe(isPrivateAddress(address))
      }),
    )
  })

  it('are told from any text without an error', () => {
    fc.assert(fc.property(fc.string(), (text) => typeof isPrivateAddress(text) === 'boolean'))
    fc.assert(fc.property(fc.ipV6(), (text) => typeof isPrivateAddress(text) === 'boolean'))
  })
})

describe('a base URL', () => {
  it.each([
    ['https://api.example.com/v1/', 'https://api.example.com/v1'],
    ['http://127.0.0.1:8080', 'http://127.0.0.1:8080'],
    ['http://localhost:1234/v1', 'http://localhost:1234/v1'],
    ['http://[::1]:99/v1', 'http://[::1]:99/v1'],
    ['http://192.168.1.20/v1//', 'http://192.168.1.20/v1'],
    ['http://gpu-box:8091/v1', 'http://gpu-box:8091/v1'],
    ['http://studio.local/v1', 'http://studio.local/v1'],
  ])('%s is taken', (text, url) => {
    expect(checkBaseUrl(text)).toEqual({ ok: true, value: url })
  })

  it.each([
    ['http://api.example.com/v1', 'URL_NOT_HTTPS'],
    ['http://8.8.8.8/', 'URL_NOT_HTTPS'],
    ['http://localhost.example.com/', 'URL_NOT_HTTPS'],
    ['https://user:pass@api.example.com', 'URL_HAS_EXTRAS'],
    ['https://api.example.com/?key=1', 'URL_HAS_EXTRAS'],
    ['ftp://api.example.com', 'URL_UNREADABLE'],
    ['api.example.com', 'URL_UNREADABLE'],
    ['', 'URL_UNREADABLE'],
  ])('%s is refused', (text, code) => {
    expect(checkBaseUrl(text)).toMatchObject({ ok: false, error: { code } })
  })
})

describe('a link that a provider answered', () => {
  const own = originsOf({ base: 'http://127.0.0.1:8123/v1', api: 'not a url' })

  it('is opened at the provider’s own origin even when that is local', () => {
    expect(own).toEqual(['http://127.0.0.1:8123'])
    expect(checkAnsweredUrl('http://127.0.0.1:8123/files/1.mp4', own).ok).toBe(true)
  })

  it.each([
    'http://127.0.0.1:8124/x',
    'http://127.0.0.1/x',
    'https://127.0.0.1/x',
    'https://0x7f.1/x',
    'https://2130706433/',
    'https://localhost/',
    'https://localhost./',
    'https://[::ffff:127.0.0.1]/',
    'https://metadata.google.internal/',
    'https://intranet/',
    'http://cdn.example.com/x',
    'https://a:b@cdn.example.com/',
    'javascript:alert(1)',
    'data:video/mp4;base64,AA',
  ])('is not opened: %s', (url) => {
    expect(checkAnsweredUrl(url, own).ok).toBe(false)
  })

  it('is opened only over https, whatever its address', () => {
    fc.assert(
      fc.property(fc.nat(0xffffffff), (number) => {
        const host = v4(number)
        expect(checkAnsweredUrl(`https://${host}/clip.mp4`, []).ok).toBe(!isPrivateAddress(host))
        expect(checkAnsweredUrl(`http://${host}/clip.mp4`, []).ok).toBe(false)
      }),
    )
  })

  it('is never opened at a private address, however it is written', () => {
    const forms = [
      (n: number) => String(n),
      (n: number) => `0x${n.toString(16)}`,
      (n: number) => `0${n.toString(8)}`,
      v4,
    ]
    fc.assert(
      fc.property(
        fc.constantFrom(0x7f000001, 0x0a000001, 0xa9fea9fe, 0xc0a80101),
        fc.constantFrom(...forms),
        (number, form) => {
          expect(checkAnsweredUrl(`https://${form(number)}/`, []).ok).toBe(false)
        },
      ),
    )
  })
})

describe('a URL taken over to our own base', () => {
  it.each([
    [
      'https://queue.fal.run/fal-ai/x/requests/1/status',
      'https://queue.fal.run',
      'https://queue.fal.run/fal-ai/x/requests/1/status',
    ],
    [
      'https://queue.fal.run/fal-ai/x/requests/1?a=1',
      'http://127.0.0.1:9/fal',
      'http://127.0.0.1:9/fal/fal-ai/x/requests/1?a=1',
    ],
    ['https://queue.fal.run/fal/x', 'http://127.0.0.1:9/fal/', 'http://127.0.0.1:9/fal/x'],
  ])('%s at %s', (answered, base, expected) => {
    expect(ontoOrigin(answered, base)).toBe(expected)
  })

  it('never leaves our origin', () => {
    const hosts = [
      'own.example',
      'own.example:8443',
      'own.example@evil.example',
      'evil.example',
      '[::1]',
    ]
    fc.assert(
      fc.property(fc.constantFrom(...hosts), fc.string(), (host, rest) => {
        const answered = `https://${host}/${rest}`
        const url = ontoOrigin(answered, 'https://own.example/base')
        expect(url === null || new URL(url).origin === 'https://own.example').toBe(true)
      }),
    )
  })
})
