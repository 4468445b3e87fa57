import { redact } from './providers/http/redact.ts'

/** The environment's names for keys. */
const KEY_VARIABLES = ['LUMENFALL_API_KEY', 'OPENAI_API_KEY', 'FAL_KEY', 'REPLICATE_API_TOKEN']

type Variables = Record<string, string | undefined>
export type Environment = Readonly<Variables>

/**
 * The environment as it stands. The keys are taken out of the process's own, so that no program that it
 * starts (ffmpeg, the person's own when the work is done) is handed one.
 */
export function takeEnvironment(own: Variables = process.env): Environment {
  // Windows does not tell case apart in names, a copy does.
  const nameOf = (name: string): string =>
    process.platform === 'win32' ? name.toUpperCase() : name
  const taken = Object.fromEntries(
    Object.entries(own).map(([name, value]) => [nameOf(name), value]),
  )
  for (const name of KEY_VARIABLES) Reflect.deleteProperty(own, name)
  return taken
}

/** Takes every key out of a text, whatever it looks like: those of the environment and those that are kept. */
export const withoutKeysOf =
  (env: Environment, kept: () => readonly string[]) =>
  (text: string): string =>
    [...KEY_VARIABLES.flatMap((name) => env[name] ?? []), ...kept()].reduce(
      (rest, key) => redact(rest, key),
      redact(text, null),
    )
