import { expect, test } from 'vitest'
import { printable } from '../../../../src/shared/domain/printable.ts'

test.each([
  ['\u001B]0;title\u0007words', ']0;titlewords'],
  ['\u001B]52;c;cm0=\u001B\\words', ']52;c;cm0=\\words'],
  ['\u001B[2Jgone\u001B[1A\rover', '[2Jgone[1Aover'],
  ['\u009B2J\u0090q\u0000\u0008', '2Jq'],
  ['\u001B[31mred\u001B[0m,\ttab\nline — é 雨', '\u001B[31mred\u001B[0m,\ttab\nline — é 雨'],
])('%j is shown as %j', (text, shown) => {
  expect(printable(text)).toBe(shown)
})
