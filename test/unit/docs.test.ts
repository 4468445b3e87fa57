import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { dirname, join, resolve } from 'node:path'
import { expect, test } from 'vitest'

const root = resolve(import.meta.dirname, '../..')
const pages = [
  ...readdirSync(root).filter((name) => name.endsWith('.md')),
  ...readdirSync(join(root, 'docs'), { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.md'))
    .map((name) => join('docs', name)),
]

const read = (page: string): string => readFileSync(join(root, page), 'utf8')
const manifest = JSON.parse(read('package.json')) as { scripts: Record<string, string> }

/** Tells of earlier days, when some of it was elsewhere. */
const isHistory = (page: string): boolean => page === 'CHANGELOG.md'

test.each(pages.filter((page) => !isHistory(page)))(
  'what %s names of the repository is there: files, folders, scripts of npm',
  (page) => {
    const text = read(page)
    const paths = text.matchAll(
      /(?<=[`\s])(?:src|test|docs|scripts|bench|resources|\.github)\/[\w./-]*/g,
    )
    const lost = [...paths]
      .map(([path]) => path.replace(/[.,:]+$/, ''))
      .filter((path) => !path.includes('NNNN'))
      .filter((path) => !existsSync(join(root, path)))
    const scripts = text.matchAll(/npm run (?:-s )?([a-z]+)/g)
    const unknown = [...scripts]
      .map(([, name = '']) => name)
      .filter((name) => !manifest.scripts[name])
    expect([...lost, ...unknown]).toEqual([])
  },
)

test.each(pages)('every link in %s leads somewhere', (page) => {
  const text = read(page)
  const targets = [...text.matchAll(/\]\(([^)#\s]+)(#[^)]*)?\)/g)].map((match) => match[1] ?? '')
  const files = targets.filter((target) => !/^[a-z]+:/.test(target))
  expect(files.filter((file) => !existsSync(join(root, dirname(page), file)))).toEqual([])
})
