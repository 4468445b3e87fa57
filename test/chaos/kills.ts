import type { HostedId } from '../helpers/providerBench.ts'
import { openLab, type LabResult } from './lab.ts'

/** From the start of a process to its death, in ms: some die before they work, most in the thick of it. */
const LIFE_MS = { least: 150, most: 2_200 }

interface Game {
  readonly provider: HostedId
  readonly kills: number
  readonly jobs: number
  readonly random: () => number
}

/** One batch whose engine is killed again and again, and then let through to its end. */
export async function playKills(game: Game): Promise<LabResult & { readonly kills: number }> {
  const { provider, jobs, random } = game
  const settings = {
    renders: { mode: 'clock', minMs: 50, maxMs: 900 },
    fileBytes: 400_000,
    linkLifeMs: 600,
  } as const
  const lab = await openLab({ provider, jobs, settings })
  try {
    let kills = 0
    for (let kill = 0; kill < game.kills; kill += 1) {
      const engine = lab.start()
      const life = LIFE_MS.least + random() * (LIFE_MS.most - LIFE_MS.least)
      const timer = setTimeout(() => void engine.child.kill('SIGKILL'), life)
      const { signal } = await engine.ended
      clearTimeout(timer)
      kills += signal === null ? 0 : 1
    }
    const result = await lab.result(await lab.start().ended)
    const idle = idleFor(result)
    return { ...result, kills, problems: [...result.problems, ...idle] }
  } finally {
    await lab.close()
  }
}

/** Jobs may be left unsent only where the provider's answers to so many others were lost for good (money rule 3). */
const MOST_UNSETTLED = 3

const idleFor = ({ waiting, needsYou }: LabResult): string[] =>
  waiting > 0 && needsYou < MOST_UNSETTLED
    ? [`left: ${waiting} wait, though only ${needsYou} ask a person`]
    : []
