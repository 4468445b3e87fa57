import { useFilter } from 'react-aria-components'

/** For an `Autocomplete`: what has every typed word, in whatever order. */
export function useWordFilter(): (text: string, typed: string) => boolean {
  const { contains } = useFilter({ sensitivity: 'base' })
  return (text, typed) => typed.split(/\s+/).every((word) => contains(text, word))
}
