import { expect, test } from 'vitest'
import { takeEnvironment } from '../../../src/main/composeEnvironment.ts'

test('keys are taken out of the environment that other programs inherit', () => {
  const own = { PATH: '/bin', FAL_KEY: 'canary', OPENAI_API_KEY: '', LANG: undefined }
  const taken = takeEnvironment(own)
  expect(taken).toEqual({ PATH: '/bin', FAL_KEY: 'canary', OPENAI_API_KEY: '', LANG: undefined })
  expect(own).toEqual({ PATH: '/bin', LANG: undefined })
})
