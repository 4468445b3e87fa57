import { createInterface } from 'node:readline/promises'
import type { CommandContext } from './context.ts'

/** Whether a person is at a terminal. */
export const canAsk = ({ stdin, stderr, output }: CommandContext): boolean =>
  !output.isJson && stdin.isTTY && stderr.isTTY

/** Asks at the terminal; without one nobody can answer, and the command line itself was the answer. */
export async function confirm(context: CommandContext, question: string): Promise<boolean> {
  const { stdin, stderr } = context
  if (!canAsk(context)) return true
  const prompt = createInterface({ input: stdin, output: stderr })
  try {
    const refused = new Promise<string>((resolve) => prompt.once('SIGINT', () => resolve('')))
    const answer = await Promise.race([prompt.question(`${question} [y/N] `), refused])
    return /^y(es)?$/i.test(answer.trim())
  } finally {
    prompt.close()
  }
}
