import type { NightPlan } from './nightPlan.ts'

/** Every hour of a day. */
export const WHOLE_DAY = 0xff_ff_ff

export const isOpenHour = ({ days }: Pick<NightPlan, 'days'>, day: number, hour: number): boolean =>
  (((days[day] ?? 0) >> hour) & 1) === 1
