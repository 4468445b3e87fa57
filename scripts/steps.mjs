// What the scripts say while they work: one short line per step, details only when something failed.

export const say = (text = '') => process.stdout.write(`${text}\n`)

export const seconds = (ms) => `${(ms / 1000).toFixed(1)} s`

/** Something that a person can mend. Its message is shown alone, without a stack. */
export class Problem extends Error {}

/** Prints `name ... time` around a piece of work and hands its value on. */
export async function step(name, work) {
  const started = Date.now()
  process.stdout.write(`${name} ... `)
  try {
    const value = await work()
    say(seconds(Date.now() - started))
    return value
  } catch (error) {
    say('failed')
    throw error
  }
}

/** Runs a script's main function: a Problem is told in its own words, and either kind exits 1. */
export async function runMain(main) {
  try {
    process.exitCode = await main()
  } catch (error) {
    say()
    say(error instanceof Problem ? error.message : error.stack)
    process.exitCode = 1
  }
}
