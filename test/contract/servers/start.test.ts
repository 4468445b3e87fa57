import { spawn } from 'node:child_process'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'
import { expect, it, onTestFinished } from 'vitest'
import { connectServer } from '../../servers/admin.ts'
import { startCli } from '../../helpers/cli.ts'
import { folderWith } from '../../helpers/folder.ts'
import { until } from '../../helpers/moneyLab.ts'
import { HOSTED } from '../../helpers/providerBench.ts'

const START = fileURLToPath(new URL('../../servers/start.ts', import.meta.url))
const PRACTICE = fileURLToPath(new URL('../../servers/practice.ts', import.meta.url))

interface Started {
  readonly url: string
  readonly env: Readonly<Record<string, string>>
}

function started(provider: string): Promise<Started> {
  const child = spawn(
    process.execPath,
    [START, provider, '--port', '0', '--settings', '{"costMicros":5}'],
    { stdio: ['ignore', 'pipe', 'inherit'] },
  )
  onTestFinished(() => void child.kill())
  return new Promise((done, fail) => {
    createInterface(child.stdout).once('line', (line) => done(JSON.parse(line) as Started))
    child.once('exit', (code) => fail(new Error(`ended with ${code}`)))
  })
}

// Promise: the doubles serve other processes, and tests steer them from there.
it.each(HOSTED)(
  'the double of %s runs as a process of its own and is steered over HTTP',
  async (provider) => {
    const { url, env } = await started(provider)
    const server = await connectServer(url)
    expect(server.env).toEqual(env)
    expect(Object.values(env).every((base) => base.startsWith(url))).toBe(true)
    await server.fault({ on: 'any', how: { kind: 'status', status: 418, body: 'html' } })
    const [base] = Object.values(env)
    expect((await fetch(`${base}/videos/unknown`)).status).toBe(418)
    expect((await fetch(`${base}/videos/unknown`)).status).not.toBe(418)
    expect((await server.requests()).map(({ status }) => status)).toHaveLength(2)
    expect([await server.bill(), await server.renders()]).toEqual([[], []])
  },
)

// Promise: what the stand-in tells a newcomer to type is a batch that can run, at its address and within its cap.
it('the provider to practise on says what to type, and it holds', async () => {
  await Promise.all(
    ['lumenfall', 'openai-videos'].map(async (provider) => {
      const child = spawn(process.execPath, [PRACTICE, provider, '--port', '0'], {
        stdio: ['ignore', 'pipe', 'inherit'],
      })
      onTestFinished(() => void child.kill())
      let told = ''
      child.stdout.on('data', (more) => (told += String(more)))
      await until(() => told.includes('Ctrl+C'))
      const env = Object.fromEntries(told.match(/(?<=export )\S+/g)?.map(pair) ?? [])
      const [, file = '', options = ''] =
        /-- run (\S+) --data-dir practice \\\n +(.+)/.exec(told) ?? []
      const args = ['run', file, ...options.split(' '), '--yes', '--data-dir', folderWith()]
      startCli({ args, env })
      await until(() => told.includes('taken, $0.10'))
      expect(told).not.toContain('refused')
    }),
  )
})

const pair = (text: string): [string, string] => {
  const [name = '', ...value] = text.split('=')
  return [name, value.join('=')]
}
