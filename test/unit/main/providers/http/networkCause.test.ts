import { expect, it } from 'vitest'
import { causeOf } from '../../../../../src/main/providers/http/networkCause.ts'

it.each([
  ['CERT_NOT_YET_VALID', 'its certificate is not valid yet by the clock of this machine'],
  ['CERT_HAS_EXPIRED', 'its certificate has run out by the clock of this machine'],
  ['DEPTH_ZERO_SELF_SIGNED_CERT', 'its certificate is not trusted here'],
  ['EWHATEVER', 'the connection broke (EWHATEVER)'],
])('a connection that breaks by %s is told in words', (code, words) => {
  expect(causeOf(Object.assign(new Error('x'), { code }))).toBe(words)
})
