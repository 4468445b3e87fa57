import { expect, it } from 'vitest'
import { appRoutes } from '../../../../src/shared/ipc/routes/app.ts'
import { settingsSchema } from '../../../../src/shared/domain/settings.ts'

const { input } = appRoutes['settings.set']

it('changes no part of the settings that is not named', () => {
  expect(input.parse({ keepAwake: true })).toEqual({ keepAwake: true })
  const { nights } = settingsSchema.parse({ nights: { isOn: true } })
  expect(input.parse({ nights })).toEqual({ nights })
})

it('takes no program from the page', () => {
  const whenDone = { action: 'command', countdownSeconds: 5, args: [] }
  expect(input.safeParse({ whenDone }).success).toBe(true)
  const { whenDone: read } = input.parse({ whenDone: { ...whenDone, program: '/bin/sh' } })
  expect(read).not.toHaveProperty('program')
})
