import { expect, test } from 'vitest'
import { amountWords } from '../../../../src/shared/domain/money.ts'

test.each([
  [0, '0.00 USD'],
  [180_000, '0.18 USD'],
  [1_000_000, '1.00 USD'],
  [1_515_000, '1.515 USD'],
  [24_200, '0.0242 USD'],
  [12, '0.000012 USD'],
])('an amount is told as it is: %i is %s', (micros, words) => {
  expect(amountWords({ micros, currency: 'USD' })).toBe(words)
})
