import { useStore } from '../../store/store.ts'
import { Select } from '../../ui/Select.tsx'

const EVERY = ''

interface ProjectFilterProps {
  readonly value: string | null
  readonly onChange: (project: string | null) => void
}

/** Whose figures are shown; absent while no batch has a project. */
export function ProjectFilter({ value, onChange }: ProjectFilterProps) {
  const batches = useStore((store) => store.batches)
  const names = Object.values(batches).flatMap(({ project }) => (project === null ? [] : [project]))
  if (names.length === 0) return null
  return (
    <Select
      label="Project"
      isLabelHidden
      value={value ?? EVERY}
      choices={[
        { id: EVERY, label: 'Every project' },
        ...[...new Set(names)].toSorted().map((name) => ({ id: name, label: name })),
      ]}
      onChange={(name) => onChange(name === EVERY ? null : name)}
    />
  )
}
