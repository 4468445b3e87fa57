import type { SourceFile } from './sourceFile.ts'

/**
 * Files that need each other to load: they are one file, or a third is missing. Type imports are
 * erased, so a type may come from where its parts are put together.
 */
export function cycles(files: readonly SourceFile[]): string[] {
  const targets = new Map(
    files.map((f) => [
      f.path,
      f.imports.filter((i) => i.isRelative && !i.typeOnly).map((i) => i.target),
    ]),
  )
  const done = new Set<string>()
  const found: string[] = []
  const visit = (path: string, trail: readonly string[]): void => {
    const start = trail.indexOf(path)
    if (start >= 0) {
      found.push(`${[...trail.slice(start), path].join(' -> ')}: break the cycle`)
      return
    }
    if (done.has(path)) return
    for (const target of targets.get(path) ?? []) visit(target, [...trail, path])
    done.add(path)
  }
  for (const path of targets.keys()) visit(path, [])
  return found
}
