import { readdirSync, readFileSync } from 'node:fs'
import { posix, relative, resolve, sep } from 'node:path'
import { parseSync, type Program } from 'oxc-parser'

/** One source file, reduced to what the rules of ARCHITECTURE.md ask about. */
export interface SourceFile {
  /** From the project's root, with forward slashes: `src/main/jobs/runner.ts`. */
  readonly path: string
  readonly lines: number
  readonly imports: readonly Import[]
  readonly program: Program
}

export interface Import {
  /** A path like `SourceFile.path` where the specifier is relative, else the package or `node:` name. */
  readonly target: string
  readonly isRelative: boolean
  /** Erased before the program runs. */
  readonly typeOnly: boolean
  /** `import()`: loaded when reached, not when the file is. */
  readonly dynamic: boolean
  readonly reExport: boolean
  /** Imported names that are values. */
  readonly valueNames: readonly string[]
}

/** Reads every TypeScript file under a folder of the project. */
export function readSources(root: string, folder: string): SourceFile[] {
  return readdirSync(resolve(root, folder), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && /\.(ts|tsx|mjs)$/.test(entry.name))
    .map((entry) => resolve(entry.parentPath, entry.name))
    .map((file) =>
      parseSource(relative(root, file).split(sep).join('/'), readFileSync(file, 'utf8')),
    )
}

export function parseSource(path: string, text: string): SourceFile {
  const { program, module, errors } = parseSync(path, text)
  const [error] = errors
  if (error !== undefined) throw new Error(`${path} does not parse: ${error.message}`)
  const { staticImports, staticExports, dynamicImports } = module
  const common = { dynamic: false, reExport: false }
  const imports: Import[] = []
  for (const { moduleRequest, entries } of staticImports) {
    const values = entries.filter((entry) => !entry.isType)
    const typeOnly = entries.length > 0 && values.length === 0
    const valueNames = values.map((entry) => entry.importName.name ?? '*')
    imports.push({ ...locate(path, moduleRequest.value), ...common, typeOnly, valueNames })
  }
  for (const { moduleRequest, isType, importName } of staticExports.flatMap((e) => e.entries)) {
    if (moduleRequest === null) continue
    const valueNames = isType ? [] : [importName.name ?? '*']
    const found = { ...locate(path, moduleRequest.value), typeOnly: isType, valueNames }
    imports.push({ ...found, dynamic: false, reExport: true })
  }
  for (const { moduleRequest } of dynamicImports) {
    const specifier = text.slice(moduleRequest.start + 1, moduleRequest.end - 1)
    const found = { ...locate(path, specifier), typeOnly: false, valueNames: [] }
    imports.push({ ...found, dynamic: true, reExport: false })
  }
  return { path, lines: text.split('\n').length - (text.endsWith('\n') ? 1 : 0), imports, program }
}

function locate(from: string, specifier: string): Pick<Import, 'target' | 'isRelative'> {
  if (!specifier.startsWith('.')) return { target: specifier, isRelative: false }
  const withoutQuery = specifier.replace(/\?.*$/, '')
  return { target: posix.join(posix.dirname(from), withoutQuery), isRelative: true }
}
