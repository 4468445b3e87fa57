import { breaches, type Rule } from './rule.ts'
import type { SourceFile } from './sourceFile.ts'

/** The folder of a provider or a feature: it has one door, its index.ts. */
const ROOM = /^(src\/main\/providers\/[^/]+|src\/renderer\/features\/[^/]+)\//
const roomOf = (path: string): string | undefined => ROOM.exec(path)?.[1]
const isDoor = (path: string): boolean => /\/index\.tsx?$/.test(path) && ROOM.test(path)
/** A screen is its feature's door as much as an index.ts that would only pass it on. */
const isEntry = (path: string): boolean => isDoor(path) || path.endsWith('Screen.tsx')

export const doorRules: readonly Rule[] = [
  {
    name: '3. a feature never imports another feature',
    check: (files) =>
      breaches(files, 'src/renderer/features/', ({ target }, { path }) => {
        const room = roomOf(target)
        const isOther = room?.startsWith('src/renderer/features/') && room !== roomOf(path)
        return isOther ? 'lift what both need out of the features' : undefined
      }),
  },
  {
    name: '3. ui knows nothing of the app',
    check: (files) =>
      breaches(files, 'src/renderer/ui/', ({ target, isRelative }) =>
        isRelative && !/^src\/renderer\/(ui|hooks|styles)\//.test(target)
          ? 'pass it in as a prop'
          : undefined,
      ),
  },
  {
    name: '7. no barrels except the door of a provider or a feature',
    check: (files) => files.filter(isBarrel).map((file) => `${file.path} is a barrel: remove it`),
  },
  {
    name: '7. providers and features are entered by their door',
    check: (files) =>
      breaches(files, 'src/', ({ target, isRelative }, { path }) => {
        const room = isRelative ? roomOf(target) : undefined
        if (room === undefined || room === roomOf(path) || isEntry(target)) return undefined
        // providers/http is the adapters' toolbox, not a provider.
        return room === 'src/main/providers/http' ? undefined : `import ${room}/index.ts instead`
      }),
  },
]

/** It re-exports, and declares nothing of its own; or it passes on everything that another file has. */
function isBarrel({ path, program }: SourceFile): boolean {
  if (isDoor(path) || !path.startsWith('src/')) return false
  if (program.body.some((statement) => statement.type === 'ExportAllDeclaration')) return true
  const reExports = program.body.filter(
    (s) => s.type === 'ExportNamedDeclaration' && s.source !== null,
  )
  const rest = program.body.filter((s) => s.type !== 'ImportDeclaration' && !reExports.includes(s))
  return reExports.length > 0 && rest.length === 0
}
