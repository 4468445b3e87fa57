import { readFileSync } from 'node:fs'
import { expect, onTestFinished, test } from 'vitest'
import { runCli } from '../../helpers/cli.ts'
import { makePicture } from '../../helpers/clips.ts'
import { folderWith } from '../../helpers/folder.ts'
import { startDouble } from '../../servers/start.ts'

test("a retired model runs on a server of one's own without a key, elsewhere only when one insists", async () => {
  const server = await startDouble('openai-videos', { dialect: 'vllm-omni' })
  onTestFinished(() => server.close())
  const settings = { providers: { 'openai-videos': { options: { preset: 'vllm-omni' } } } }
  const cwd = folderWith({
    'b.txt': 'a walk by the sea\n',
    'data/settings.json': JSON.stringify(settings),
  })
  const asked = ['b.txt', '--provider', 'openai-videos', '--model', 'sora-2', '--json']
  const say = (args: readonly string[], env: Readonly<Record<string, string>> = {}) =>
    runCli({ args: [...args, '--data-dir', 'data'], cwd, env })
  const refused = await say(['plan', ...asked])
  expect(refused.code).toBe(2)
  expect(refused.events).toMatchObject([{ event: 'problem', code: 'modelRetired' }])
  expect((await say(['plan', ...asked, '--allow-retired'])).code).toBe(0)
  const { OPENAI_BASE_URL = '' } = server.env
  const times = { DAILIES_TIME_SCALE: '50', DAILIES_POLL_MIN_MS: '10' }
  const ran = await say(['run', ...asked, '--yes'], { OPENAI_BASE_URL, ...times })
  expect(ran.events.at(-1)).toMatchObject({ event: 'summary', succeeded: 1 })
  expect((await server.requests()).every(({ headers }) => !('authorization' in headers))).toBe(true)
})

test('the model that the recipe shows can be copied into the data folder and run', async () => {
  const server = await startDouble('openai-videos', { dialect: 'vllm-omni' })
  onTestFinished(() => server.close())
  const page = readFileSync(new URL('../../../docs/adding-a-model.md', import.meta.url), 'utf8')
  const [, model = ''] = /```json\n([\s\S]*?)```/.exec(page) ?? []
  const settings = { providers: { 'openai-videos': { options: { preset: 'vllm-omni' } } } }
  const rows = [
    { prompt: 'a walk', model: 'my-wan', 'options.num_inference_steps': '20' },
    { prompt: 'a run', model: 'my-wan', first_frame: 'tall.png', size: '832x480' },
  ]
  const cwd = folderWith({
    'b.json': JSON.stringify(rows),
    'data/models/my-wan.json': model,
    'data/settings.json': JSON.stringify(settings),
  })
  await makePicture(cwd, 'tall.png', '300x500')
  const { OPENAI_BASE_URL = '' } = server.env
  const env = { OPENAI_BASE_URL, DAILIES_TIME_SCALE: '50', DAILIES_POLL_MIN_MS: '10' }
  const ran = await runCli({
    args: ['run', 'b.json', '--yes', '--budget', '1', '--data-dir', 'data', '--json'],
    cwd,
    env,
  })
  expect(ran.events.at(-1)).toMatchObject({ event: 'summary', succeeded: 2 })
  const inputs = (await server.renders()).map(({ input }) => input)
  expect(inputs).toMatchObject([
    { prompt: 'a walk', model: 'Wan-AI/Wan2.2-TI2V-5B', num_inference_steps: '20' },
    { prompt: 'a run', size: '832x480', input_reference: { contentType: 'image/png' } },
  ])
})
