import type { TakeView } from '../../../../shared/domain/take.ts'

type Part = (take: TakeView) => string

/**
 * What each take is called beside the others: its model, and of those that are alike only what differs.
 *
 * @param providerName of a provider's id
 */
export function labelsOf(
  takes: readonly TakeView[],
  providerName: (id: string) => string,
): readonly string[] {
  const parts: readonly Part[] = [
    ({ provider }) => providerName(provider),
    ({ row }) => `row ${row}`,
    ({ take }) => `take ${take}`,
    ({ seed }) => (seed === null ? 'no seed' : `seed ${seed}`),
  ]
  const models = takes.map(({ modelName }) => modelName)
  return parts.reduce((labels, part) => withPart({ takes, labels, part }), models)
}

function withPart(told: {
  readonly takes: readonly TakeView[]
  readonly labels: readonly string[]
  readonly part: Part
}): string[] {
  const { takes, labels, part } = told
  return takes.map((take, at) => {
    const label = labels[at] ?? ''
    const alike = takes.filter((_, other) => labels[other] === label)
    return alike.some((other) => part(other) !== part(take)) ? `${label} · ${part(take)}` : label
  })
}
