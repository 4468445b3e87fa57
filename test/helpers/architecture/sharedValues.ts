import type { Expression, TSType, VariableDeclaration } from 'oxc-parser'
import { breaches, type Rule } from './rule.ts'
import type { SourceFile } from './sourceFile.ts'

const FROZEN_TYPES = /^(Readonly|ReadonlyArray|ReadonlyMap|ReadonlySet)$/
const MUTABLE_CLASSES = /^(Map|Set|WeakMap|WeakSet|Array)$/

export const sharedRules: readonly Rule[] = [
  {
    name: '1. shared imports itself and zod',
    check: (files) =>
      breaches(files, 'src/shared/', ({ target, isRelative }) =>
        (isRelative ? target.startsWith('src/shared/') : target === 'zod')
          ? undefined
          : 'shared knows only itself and zod',
      ),
  },
  {
    name: '1. shared exports no mutable value',
    check: (files) => files.filter((f) => f.path.startsWith('src/shared/')).flatMap(mutableExports),
  },
]

function mutableExports({ path, program }: SourceFile): string[] {
  return program.body.flatMap((statement) => {
    if (statement.type !== 'ExportNamedDeclaration') return []
    if (statement.declaration?.type !== 'VariableDeclaration') return []
    return mutableNames(statement.declaration).map(
      (name) => `${path} exports ${name}, which can change: make it readonly (as const, Readonly)`,
    )
  })
}

function mutableNames({ kind, declarations }: VariableDeclaration): string[] {
  return declarations.flatMap(({ id, init }) => {
    if (id.type !== 'Identifier') return []
    const isFrozen = id.typeAnnotation ? isFrozenType(id.typeAnnotation.typeAnnotation) : false
    return kind !== 'const' || (init !== null && !isFrozen && isMutable(init)) ? [id.name] : []
  })
}

function isMutable(value: Expression): boolean {
  if (value.type === 'TSSatisfiesExpression') return isMutable(value.expression)
  if (value.type === 'TSAsExpression') {
    return !isFrozenType(value.typeAnnotation) && isMutable(value.expression)
  }
  if (value.type === 'NewExpression') {
    return value.callee.type === 'Identifier' && MUTABLE_CLASSES.test(value.callee.name)
  }
  return value.type === 'ArrayExpression' || value.type === 'ObjectExpression'
}

/** `readonly T[]`, `ReadonlyMap<...>`, `Readonly<...>`, and the `const` of `as const`. */
function isFrozenType(type: TSType): boolean {
  if (type.type === 'TSTypeOperator') return type.operator === 'readonly'
  if (type.type !== 'TSTypeReference' || type.typeName.type !== 'Identifier') return false
  return type.typeName.name === 'const' || FROZEN_TYPES.test(type.typeName.name)
}
