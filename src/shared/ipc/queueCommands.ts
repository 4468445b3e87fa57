import type { Command } from './commands.ts'

const command = <const C extends Command>(value: C): C => value

/** What a person does with the queue; part of `COMMANDS`. */
export const QUEUE_COMMANDS = [
  command({
    id: 'queue.pauseOrResume',
    label: 'Pause or resume everything',
    keys: ['Mod+Shift+P'],
    menu: 'queue',
  }),
  command({ id: 'nights.plan', label: 'Night plan…', keys: ['Mod+Shift+N'], menu: 'queue' }),
  command({ id: 'nights.report', label: 'Night report', menu: 'queue' }),
  command({ id: 'nights.stopCountdown', label: 'Stop the countdown' }),
  command({
    id: 'queue.hold',
    label: 'Pause everything, downloads too',
    menu: 'queue',
  }),
  command({
    id: 'queue.pauseChosen',
    label: 'Pause or resume the chosen',
    keys: ['Space'],
    menu: 'queue',
    screen: 'queue',
  }),
  command({
    id: 'queue.moveUp',
    label: 'Move the chosen jobs up',
    keys: ['Alt+ArrowUp'],
    menu: 'queue',
    screen: 'queue',
  }),
  command({
    id: 'queue.moveDown',
    label: 'Move the chosen jobs down',
    keys: ['Alt+ArrowDown'],
    menu: 'queue',
    screen: 'queue',
  }),
  command({
    id: 'queue.moveTop',
    label: 'Move the chosen jobs to the top',
    keys: ['Alt+Home'],
    menu: 'queue',
    screen: 'queue',
  }),
  command({
    id: 'queue.moveBottom',
    label: 'Move the chosen jobs to the bottom',
    keys: ['Alt+End'],
    menu: 'queue',
    screen: 'queue',
  }),
  command({
    id: 'queue.movePlace',
    label: 'Move the chosen jobs to a position…',
    keys: ['M'],
    menu: 'queue',
    screen: 'queue',
  }),
  command({
    id: 'queue.raise',
    label: 'Raise the priority of the chosen',
    keys: ['U'],
    menu: 'queue',
    screen: 'queue',
  }),
  command({
    id: 'queue.lower',
    label: 'Lower the priority of the chosen',
    keys: ['Shift+U'],
    menu: 'queue',
    screen: 'queue',
  }),
  command({
    id: 'queue.breakPoint',
    label: 'Stop before the chosen job and ask',
    keys: ['B'],
    menu: 'queue',
    screen: 'queue',
  }),
  command({
    id: 'queue.edit',
    label: 'Edit the chosen job…',
    keys: ['E'],
    menu: 'queue',
    screen: 'queue',
  }),
  command({
    id: 'queue.duplicate',
    label: 'Duplicate the chosen jobs',
    keys: ['Mod+D'],
    menu: 'queue',
    screen: 'queue',
  }),
  command({
    id: 'queue.cancelUnsent',
    label: 'Cancel all but what runs…',
    menu: 'queue',
    screen: 'queue',
  }),
  command({
    id: 'queue.prune',
    label: 'Clear away what has ended',
    menu: 'queue',
    screen: 'queue',
  }),
  command({
    id: 'queue.cancel',
    label: 'Cancel the chosen jobs',
    keys: ['Delete'],
    menu: 'queue',
    screen: 'queue',
  }),
  command({
    id: 'queue.retry',
    label: 'Retry the chosen jobs',
    keys: ['R'],
    menu: 'queue',
    screen: 'queue',
  }),
] as const satisfies readonly Command[]
