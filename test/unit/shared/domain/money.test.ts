import { expect, test } from 'vitest'
import { formatMoney, moneyShort, moneyText } from '../../../../src/shared/domain/moneyText.ts'

test.each([
  [0, 'USD', '$0.00'],
  [180_000, 'USD', '$0.18'],
  [14_200_000, 'USD', '$14.20'],
  [1_515_000, 'USD', '$1.52'],
  [1_500_000, 'EUR', '€1.50'],
  [-20_000, 'USD', '-$0.02'],
])('money has its currency: %i %s is %s', (micros, currency, words) => {
  expect(formatMoney({ micros, currency })).toBe(words)
})

test.each([
  [4_200, '$0.0042'],
  [12, '$0.000012'],
])('what is under a cent is told as it is, since it adds up: %i is %s', (micros, words) => {
  expect(formatMoney({ micros, currency: 'USD' })).toBe(words)
})

test.each([
  [{ micros: 900_000, currency: 'USD', estimated: true }, 'about $0.90', '~$0.90'],
  [{ micros: 900_000, currency: 'USD', estimated: false }, '$0.90', '$0.90'],
  [{ micros: 0, currency: 'USD', estimated: true }, '$0.00', '$0.00'],
])('money says where no bill stands behind it: %j', (money, words, short) => {
  expect(moneyText(money)).toBe(words)
  expect(moneyShort(money)).toBe(short)
})
