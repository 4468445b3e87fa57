import { Visitor } from 'oxc-parser'
import { breaches, type Rule } from './rule.ts'
import type { SourceFile } from './sourceFile.ts'

const ELECTRON_DOORS =
  /^src\/(preload\/|main\/window\/|main\/(index|ipc\/router|storage\/(secrets|settingsStore))\.ts$)/
const NETWORK = /^(undici|(node:)?(https?|http2|net|tls|dgram))$/
/** Reads `media://` alone; the page's policy lets it reach nothing else. */
const MEDIA_READER = 'src/renderer/ui/readStill.ts'
const NETWORK_DOOR = 'src/main/providers/http/'
const PROCESS_DOORS = ['src/main/media/runFfmpeg.ts', 'src/main/window/systemActs.ts']

/** Rule 6: each way out of the process has one door. */
export const runtimeRules: readonly Rule[] = [
  {
    name: '6. electron is imported at its doors only',
    check: (files) =>
      breaches(files, 'src/', ({ target }, { path }) =>
        /^electron($|[/-])/.test(target) && !ELECTRON_DOORS.test(path)
          ? 'electron stays in main/index, ipc/router, window and storage/{secrets,settingsStore}'
          : undefined,
      ),
  },
  {
    name: '6. ipcMain only in ipc/router, ipcRenderer only in preload',
    check: (files) =>
      breaches(files, 'src/', ({ target, valueNames }, { path }) => {
        if (!/^electron($|\/)/.test(target)) return undefined
        if (valueNames.includes('ipcMain') && path !== 'src/main/ipc/router.ts') {
          return 'ipcMain belongs to ipc/router'
        }
        return valueNames.includes('ipcRenderer') && !path.startsWith('src/preload/')
          ? 'ipcRenderer belongs to preload'
          : undefined
      }),
  },
  {
    name: '6. child_process only in media/runFfmpeg and window/systemActs',
    check: (files) =>
      breaches(files, 'src/', ({ target }, { path }) =>
        /^(node:)?child_process$/.test(target) && !PROCESS_DOORS.includes(path)
          ? 'processes are started by media/runFfmpeg and window/systemActs'
          : undefined,
      ),
  },
  {
    name: '6. the network only in providers/http',
    check: (files) => [
      ...breaches(files, 'src/', ({ target, typeOnly }, { path }) =>
        NETWORK.test(target) && !typeOnly && !path.startsWith(NETWORK_DOOR)
          ? 'only providers/http touches the network'
          : undefined,
      ),
      ...files.filter((f) => f.path.startsWith('src/')).flatMap(globalNetworkUse),
    ],
  },
  {
    name: 'the command line loads no electron',
    check: (files) =>
      keptOut(files, {
        below: 'src/cli/',
        out: /^electron($|[/-])/,
        why: 'the command line would load electron through it',
      }),
  },
  {
    name: 'the page loads no schema library',
    check: (files) =>
      keptOut(files, {
        below: 'src/renderer/',
        out: /^zod$/,
        why: 'the page would load zod through it: put what the page needs beside the schema, not into its file',
      }),
  },
]

/** Calls of the network functions that need no import. */
function globalNetworkUse({ path, program }: SourceFile): string[] {
  if (path.startsWith(NETWORK_DOOR) || path === MEDIA_READER) return []
  const found: string[] = []
  const note = (name: string): void => {
    found.push(`${path} uses ${name}: only providers/http touches the network`)
  }
  new Visitor({
    CallExpression({ callee }) {
      if (callee.type === 'Identifier' && callee.name === 'fetch') note('fetch')
      const isMember = callee.type === 'MemberExpression' && callee.object.type === 'Identifier'
      if (isMember && !callee.computed && callee.property.name === 'fetch') note('fetch')
    },
    NewExpression({ callee }) {
      const name = callee.type === 'Identifier' ? callee.name : ''
      if (/^(WebSocket|XMLHttpRequest|EventSource)$/.test(name)) note(name)
    },
  }).visit(program)
  return found
}

interface Kept {
  /** Whatever lies in here is loaded, with what it imports. */
  readonly below: string
  readonly out: RegExp
  readonly why: string
}

/** Breaches through any number of other files: what loads together with a folder. */
const keptOut = (files: readonly SourceFile[], { below, out, why }: Kept): string[] => {
  const reached = loadedWith(files, below)
  return breaches(files, 'src/', ({ target, typeOnly, dynamic }, { path }) =>
    reached.has(path) && !typeOnly && !dynamic && out.test(target) ? why : undefined,
  )
}

function loadedWith(files: readonly SourceFile[], folder: string): ReadonlySet<string> {
  const byPath = new Map(files.map((file) => [file.path, file]))
  const reached = new Set<string>()
  const queue = files.map((file) => file.path).filter((path) => path.startsWith(folder))
  for (let path = queue.pop(); path !== undefined; path = queue.pop()) {
    if (reached.has(path)) continue
    reached.add(path)
    const loaded = byPath.get(path)?.imports.filter((i) => !i.typeOnly && !i.dynamic) ?? []
    queue.push(...loaded.filter((i) => i.isRelative).map((i) => i.target))
  }
  return reached
}
