import { doorRules } from './doors.ts'
import { cycles } from './cycles.ts'
import { layerRules } from './layers.ts'
import { runtimeRules } from './runtimeDoors.ts'
import { sharedRules } from './sharedValues.ts'
import type { Rule } from './rule.ts'

export const RULES: readonly Rule[] = [
  ...sharedRules,
  ...layerRules,
  ...runtimeRules,
  ...doorRules,
  { name: '7. no import cycles', check: cycles },
]
