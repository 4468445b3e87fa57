import { useEffect } from 'react'

import { useStore } from '../store/store.ts'

/** Puts the person's wishes on the root element, where the tokens look for them. */
export function useAppearance(): void {
  const appearance = useStore((store) => store.settings?.appearance)
  const theme = appearance?.theme ?? 'system'
  const density = appearance?.density ?? 'comfortable'
  const motion = appearance?.reducedMotion ?? 'system'

  useEffect(() => {
    const root = document.documentElement
    root.dataset['density'] = density
    root.dataset['motion'] = motion === 'always' ? 'reduced' : 'system'
  }, [density, motion])

  useEffect(() => {
    const light = window.matchMedia('(prefers-color-scheme: light)')
    const apply = (): void => {
      const isLight = theme === 'light' || (theme === 'system' && light.matches)
      document.documentElement.dataset['theme'] = isLight ? 'light' : 'dark'
    }
    apply()
    light.addEventListener('change', apply)
    return () => light.removeEventListener('change', apply)
  }, [theme])
}
