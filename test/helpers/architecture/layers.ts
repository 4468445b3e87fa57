import { isBuiltin } from 'node:module'
import { breaches, type Rule } from './rule.ts'
import type { Import } from './sourceFile.ts'

/** Types that any part of main may name: the engine's face, the provider spec and the ports. */
const isPort = (target: string): boolean =>
  /^src\/main\/(engine|providers\/spec|.*\/port|.*Port)\.ts$/.test(target)

/** For each part of main, the other parts whose values it may use; the rest is handed to it by compose. */
const ARROWS: Readonly<Record<string, readonly string[]>> = {
  ipc: ['jobs', 'library', 'media', 'review'],
  window: ['ipc', 'jobs', 'library', 'media', 'nights', 'review'],
  nights: [],
  jobs: [],
  library: ['media', 'review'],
  media: [],
  review: ['library', 'media'],
  storage: ['jobs', 'library', 'media', 'review'],
  providers: [],
}
const ABOVE = ['ipc', 'window', 'compose.ts', 'index.ts']

export const layerRules: readonly Rule[] = [
  {
    name: '2. renderer imports shared and itself',
    check: (files) => breaches(files, 'src/renderer/', judgeRenderer),
  },
  {
    name: 'preload imports shared and electron',
    check: (files) =>
      breaches(files, 'src/preload/', ({ target, isRelative }) =>
        (
          isRelative
            ? /^src\/(shared|preload)\//.test(target)
            : /^electron(\/renderer)?$/.test(target)
        )
          ? undefined
          : 'preload is a door, nothing else',
      ),
  },
  {
    name: 'cli imports main/compose',
    check: (files) =>
      breaches(files, 'src/cli/', ({ target, isRelative, typeOnly }) => {
        if (!isRelative || /^src\/(cli|shared)\//.test(target)) return undefined
        if (/^src\/main\/compose(Cli)?\.ts$/.test(target)) return undefined
        return typeOnly && target.startsWith('src/main/') ? undefined : 'go through main/compose'
      }),
  },
  {
    name: 'the arrows inside main point down',
    check: (files) =>
      breaches(files, 'src/main/', (found, { path }) => judgeArrow(found, partOf(path))),
  },
  {
    name: '4. jobs takes everything by argument',
    check: (files) =>
      breaches(files, 'src/main/jobs/', ({ target, isRelative, valueNames }) =>
        isRelative || target === 'zod' || isHashing(target, valueNames)
          ? undefined
          : 'jobs runs with no Electron, network or disk: take it as an argument',
      ),
  },
  {
    name: '5. a provider imports shared, the spec and providers/http',
    check: (files) => breaches(files, /^src\/main\/providers\/[^/]+\//, judgeProvider),
  },
]

/** A digest is a pure function of its bytes; the rest of the module is randomness. */
const isHashing = (target: string, names: readonly string[]): boolean =>
  target === 'node:crypto' && names.every((name) => name === 'createHash')

function judgeRenderer({ target, isRelative, typeOnly, valueNames }: Import): string | undefined {
  if (isRelative) {
    if (!/^(src\/(renderer|shared)|resources)\//.test(target)) return 'ask main through ipc'
    const schema = valueNames.find((name) => /schema$/i.test(name))
    const isShared = target.startsWith('src/shared/')
    return isShared && schema !== undefined ? `${schema} may be imported as a type only` : undefined
  }
  if (/^electron($|[/-])/.test(target) || isBuiltin(target)) return 'ask main through ipc'
  return target === 'zod' && !typeOnly ? 'the page parses nothing: use the type' : undefined
}

/** `jobs` for a file in that folder, the file's name for one that lies in src/main itself. */
const partOf = (path: string): string => path.split('/')[2] ?? ''

function judgeArrow({ target, isRelative, typeOnly }: Import, from: string): string | undefined {
  if (!isRelative || target.startsWith('src/shared/')) return undefined
  if (!target.startsWith('src/main/')) return 'main knows nothing of the other processes'
  const to = partOf(target)
  if (to === from || from === 'index.ts') return undefined
  if (to === 'index.ts') return 'index.ts is where the app starts, nobody imports it'
  if (from.startsWith('compose')) return undefined
  const allowed = ARROWS[from] ?? []
  if (allowed.includes(to)) return undefined
  if (ABOVE.includes(to)) return `${to} is above ${from}`
  return typeOnly || isPort(target) ? undefined : `only compose hands ${to} to ${from}`
}

function judgeProvider({ target, isRelative, typeOnly }: Import, { path }: { path: string }) {
  const folder = path.split('/').slice(0, 4).join('/')
  if (!isRelative || target.startsWith('src/shared/') || target.startsWith(`${folder}/`)) {
    return undefined
  }
  if (target.startsWith('src/main/providers/http/') || isPort(target)) return undefined
  if (/^src\/main\/providers\/[^/]+\//.test(target)) return 'a provider never imports a sibling'
  if (target.startsWith('src/main/storage/')) return 'a provider never reads storage'
  return typeOnly ? undefined : 'a provider gets it as an argument'
}
