import { fileURLToPath } from 'node:url'
import type { FrameSource, GenerationRequest } from '../../src/shared/domain/generation.ts'
import type { FrameRole, Mode } from '../../src/shared/domain/model.ts'
import type { Model, Route } from '../../src/shared/domain/route.ts'
import type { Catalogue } from '../../src/main/library/catalogue.ts'
import { loadCatalogue } from '../../src/main/library/loadCatalogue.ts'
import { modeOf } from '../../src/shared/normalise/modes.ts'

export const MODELS_FOLDER = fileURLToPath(new URL('../../resources/models', import.meta.url))

/** The app's own catalogue; every file of it must be right. */
export async function bundledCatalogue(): Promise<Catalogue> {
  const { catalogue, problems } = await loadCatalogue({ bundled: MODELS_FOLDER, own: null })
  if (problems.length > 0) throw new Error(JSON.stringify(problems, null, 2))
  return catalogue
}

type FrameFile = Extract<FrameSource, { kind: 'file' }>

export function frameFile(role: FrameRole, over: Partial<FrameFile> = {}): FrameFile {
  return {
    kind: 'file',
    role,
    sha256: 'a'.repeat(64),
    contentType: 'image/png',
    bytes: 100_000,
    width: 1280,
    height: 720,
    name: `${role}.png`,
    ...over,
  }
}

export const FRAMES_OF: Readonly<Record<Mode, readonly FrameFile[]>> = {
  textToVideo: [],
  imageToVideo: [frameFile('firstFrame')],
  firstLastFrame: [frameFile('firstFrame'), frameFile('lastFrame')],
  referenceToVideo: [frameFile('reference')],
}

export function ask(over: Partial<GenerationRequest> = {}): GenerationRequest {
  const frames = over.frames ?? []
  return {
    prompt: 'A paper boat crosses a puddle.',
    options: {},
    ...over,
    frames,
    mode: modeOf(frames),
  }
}

/** Every route of every model, in every mode that it has. */
export function everyRouteMode(
  catalogue: Catalogue,
): readonly { readonly model: Model; readonly route: Route; readonly mode: Mode }[] {
  return catalogue.models.flatMap((model) =>
    model.routes.flatMap((route) =>
      (Object.keys(route.modes) as Mode[]).map((mode) => ({ model, route, mode })),
    ),
  )
}

/** Throws when there is no such route: a test that names one means it. */
export function routeNamed(
  catalogue: Catalogue,
  id: string,
): { readonly model: Model; readonly route: Route } {
  const route = catalogue.route(id)
  const model = catalogue.model(route?.model ?? '')
  if (route === undefined || model === undefined) throw new Error(`no route ${id}`)
  return { model, route }
}
