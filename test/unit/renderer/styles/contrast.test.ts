import { readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { describe, expect, test } from 'vitest'

const css = readFileSync(
  resolve(import.meta.dirname, '../../../../src/renderer/styles/tokens.css'),
  'utf8',
)

function tokensOf(selector: string): Readonly<Record<string, string>> {
  const from = css.indexOf(`${selector} {`)
  const block = css.slice(from, css.indexOf('}', from))
  const found = [...block.matchAll(/--([\w-]+): (#[0-9a-f]{6});/g)]
  return Object.fromEntries(found.map(([, name = '', value = '']) => [name, value] as const))
}

function luminance(color: string): number {
  const [red = 0, green = 0, blue = 0] = [1, 3, 5].map((at) => {
    const part = Number.parseInt(color.slice(at, at + 2), 16) / 255
    return part <= 0.03928 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4
  })
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue
}

function contrast(a: string, b: string): number {
  const [light = 0, dark = 0] = [luminance(a), luminance(b)].toSorted((x, y) => y - x)
  return (light + 0.05) / (dark + 0.05)
}

const GROUNDS = ['bg', 'bg-sunk', 'surface', 'raised', 'hover', 'select', 'select-soft']
const WORDS = ['text', 'text-2', 'text-3', 'run', 'done', 'ask', 'fail', 'wait']
const dark = tokensOf(':root')

describe.each([
  ['dark', dark],
  ['light', { ...dark, ...tokensOf("[data-theme='light']") }],
])('text stands out from every ground, %s', (_, tokens) => {
  const pairs = GROUNDS.flatMap((ground) => WORDS.map((word) => [word, ground] as const))

  test.each([
    ...pairs,
    ['on-solid', 'solid'] as const,
    ['bg', 'ask'] as const,
    ['on-picture', 'pick-flag'] as const,
    ['on-picture', 'reject-flag'] as const,
  ])('%s on %s', (word, ground) => {
    const ratio = contrast(tokens[word] ?? '', tokens[ground] ?? '')
    expect(ratio).toBeGreaterThanOrEqual(4.5)
  })
})
