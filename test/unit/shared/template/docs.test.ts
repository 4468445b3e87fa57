import { readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { describe, expect, test } from 'vitest'
import { outcomeOf, type TemplateCase } from '../../../helpers/templateOutcome.ts'

const page = readFileSync(resolve(import.meta.dirname, '../../../../docs/templates.md'), 'utf8')
const examples = [...page.matchAll(/```template\n([\s\S]*?)\n```/g)].map((found) => found[1] ?? '')

describe('docs/templates.md', () => {
  test('has examples', () => {
    expect(examples.length).toBeGreaterThan(15)
  })

  test.each(examples)('%s', (example) => {
    const sections = example.split('\n---\n')
    const [settings = '', source = '', expected = ''] =
      sections.length === 2 ? ['', ...sections] : sections
    expect(outcomeOf({ source, ...settingsIn(settings) })).toEqual(expected.split('\n'))
  })
})

function settingsIn(text: string): Omit<TemplateCase, 'source'> {
  const values: Record<string, string> = {}
  const lists: Record<string, string[]> = {}
  let expand = 'product'
  for (const line of text.split('\n').filter((each) => each !== '')) {
    const [name = '', value = ''] = line.split(/ = (.*)/)
    if (name === 'expand') expand = value
    else if (name.startsWith('__')) lists[name.slice(2, -2)] = value.split('; ')
    else values[name] = value
  }
  return { values, lists, expand }
}
