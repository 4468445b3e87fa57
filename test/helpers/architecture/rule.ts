import type { Import, SourceFile } from './sourceFile.ts'

/** One rule of ARCHITECTURE.md, "Who may import whom". */
export interface Rule {
  readonly name: string
  /** One sentence per breach: where, and what to do. */
  readonly check: (files: readonly SourceFile[]) => string[]
}

/** One sentence for each import below `folder` that `judge` objects to. */
export function breaches(
  files: readonly SourceFile[],
  folder: string | RegExp,
  judge: (found: Import, file: SourceFile) => string | undefined,
): string[] {
  const inFolder = (path: string): boolean =>
    typeof folder === 'string' ? path.startsWith(folder) : folder.test(path)
  return files
    .filter((file) => inFolder(file.path))
    .flatMap((file) =>
      file.imports.flatMap((found) => {
        const why = judge(found, file)
        return why === undefined ? [] : [`${file.path} imports ${found.target}: ${why}`]
      }),
    )
}
