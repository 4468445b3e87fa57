import { describe, expect, it } from 'vitest'
import { systemCommand } from '../../../../src/main/nights/systemCommand.ts'
import { createNightWatch } from '../../../../src/main/nights/nightWatch.ts'
import { createWhenDone } from '../../../../src/main/nights/whenDone.ts'
import type { EngineEvent } from '../../../../src/main/engine.ts'
import type { JobError } from '../../../../src/shared/domain/errors.ts'
import type { JobStatus } from '../../../../src/shared/domain/job.ts'
import { err, ok } from '../../../../src/shared/domain/result.ts'
import { whenDoneSchema, type WhenDone } from '../../../../src/shared/domain/whenDone.ts'
import { fakeClock } from '../../../helpers/fakeClock.ts'

function start(part: Partial<WhenDone>) {
  const clock = fakeClock()
  const done: string[] = []
  const troubles: string[] = []
  const keeper = createWhenDone({
    settings: () => whenDoneSchema.parse({ countdownSeconds: 60, ...part }),
    acts: {
      beep: () => void done.push('beep'),
      sleep: async () => {
        done.push('sleep')
        return ok(undefined)
      },
      shutDown: async () => err('systemctl: not found.'),
      quit: () => void done.push('quit'),
      run: async (program, args) => {
        done.push([program, ...args].join(' '))
        return ok(undefined)
      },
    },
    after: clock.after,
    wallNow: clock.now,
    onChange: () => {},
    onTrouble: (message) => troubles.push(message),
  })
  const wait = async (ms: number): Promise<void> => {
    const end = clock.monotonic() + ms
    while (clock.jump(end));
    await Promise.resolve()
  }
  return { clock, done, troubles, keeper, wait }
}

describe('when a night is done', () => {
  it('counts down before what cannot be taken back, and does it then', async () => {
    const { clock, done, keeper, wait } = start({ action: 'sleep' })
    keeper.nightEnded()
    expect(keeper.countdown()).toEqual({ action: 'sleep', endsAt: clock.now() + 60_000 })
    await wait(59_000)
    expect(done).toEqual([])
    await wait(60_000)
    expect(done).toEqual(['sleep'])
    expect(keeper.countdown()).toBeNull()
  })

  it('does nothing else than what was counted down: what is chosen meanwhile is counted down anew', async () => {
    const chosen: { action: WhenDone['action'] } = { action: 'sleep' }
    const { done, keeper, wait } = start(chosen)
    keeper.nightEnded()
    chosen.action = 'quit'
    await wait(61_000)
    expect(done).toEqual([])
    expect(keeper.countdown()).toMatchObject({ action: 'quit' })
    chosen.action = 'nothing'
    await wait(61_000)
    expect(done).toEqual([])
    expect(keeper.countdown()).toBeNull()
  })

  it('does nothing once the countdown was stopped', async () => {
    const { done, keeper, wait } = start({ action: 'quit' })
    keeper.nightEnded()
    keeper.stop()
    expect(keeper.countdown()).toBeNull()
    await wait(120_000)
    expect(done).toEqual([])
  })

  it('hands a program its arguments as they are', async () => {
    const args = ['a b', '$(rm -rf)', '']
    const { done, keeper, wait } = start({ action: 'command', program: '/bin/tell', args })
    keeper.nightEnded()
    await wait(61_000)
    expect(done).toEqual(['/bin/tell a b $(rm -rf) '])
  })

  it('counts nothing down for a sound, a notification or a program that was not chosen', async () => {
    for (const action of ['nothing', 'notify', 'sound', 'command'] as const) {
      const { done, keeper, wait } = start({ action })
      keeper.nightEnded()
      expect(keeper.countdown()).toBeNull()
      await wait(61_000)
      expect(done).toEqual(action === 'sound' ? ['beep'] : [])
    }
  })

  it('says what could not be done', async () => {
    const { troubles, keeper, wait } = start({ action: 'shutDown' })
    keeper.nightEnded()
    await wait(61_000)
    await Promise.resolve()
    expect(troubles).toEqual(['The machine could not be shut down. systemctl: not found.'])
  })

  it('knows the program of each system', () => {
    expect(systemCommand('sleep', 'linux')).toEqual({ program: 'systemctl', args: ['suspend'] })
    expect(systemCommand('shutDown', 'win32').program).toBe('shutdown.exe')
    expect(systemCommand('sleep', 'darwin').program).toBe('pmset')
    expect(systemCommand('sleep', 'freebsd').program).toBe('systemctl')
  })
})

describe('the end of a night', () => {
  const watching = (isNight = true) => {
    const clock = fakeClock()
    const heard: string[] = []
    let isPaused = false
    const tell = createNightWatch({
      isNightWork: () => isNight,
      isPaused: () => isPaused,
      after: clock.after,
      onEnded: () => void heard.push('ended'),
      onWork: () => void heard.push('work'),
    })
    const rest = (value: Extract<EngineEvent, { type: 'rest' }>['rest']): void =>
      tell({ type: 'rest', rest: value })
    const job = (status: JobStatus, error: JobError | null = null): void =>
      tell({ type: 'job', job: { status, error, batchId: 'batch_1' } })
    const wait = (): void => {
      while (clock.jump());
    }
    return { heard, rest, job, wait, pause: (value: boolean) => (isPaused = value) }
  }

  it('comes once, when something was worked on and nothing goes on', () => {
    const night = watching()
    night.rest('working')
    night.job('running')
    night.rest('nothing')
    night.wait()
    night.rest('working')
    night.rest('window')
    night.wait()
    expect(night.heard).toEqual(['work', 'ended', 'work'])
  })

  it('does not come between two jobs, nor when everything was paused', () => {
    const night = watching()
    night.job('running')
    night.rest('nothing')
    night.rest('working')
    night.wait()
    night.pause(true)
    night.rest('person')
    night.wait()
    expect(night.heard).toEqual(['work'])
    night.pause(false)
    night.rest('working')
    night.rest('person')
    night.wait()
    expect(night.heard).toEqual(['work', 'work', 'ended'])
  })

  it('does not come again for looks in vain, nor for what a person ends in the morning', () => {
    const night = watching()
    night.job('running')
    night.rest('person')
    night.wait()
    expect(night.heard).toEqual(['ended'])
    night.job('running', { kind: 'auth', code: 'NO_KEY', message: 'The key is not here.' })
    night.job('cancelled')
    night.rest('nothing')
    night.wait()
    expect(night.heard).toEqual(['ended'])
  })

  it('does not come after work of the day', () => {
    const night = watching(false)
    night.job('running')
    night.rest('nothing')
    night.wait()
    expect(night.heard).toEqual([])
  })
})
