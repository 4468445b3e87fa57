/** Addresses that main serves; they hold ids, never paths. */
export const takePoster = (id: string): string => `media://take/${id}/poster`
export const takeFilmstrip = (id: string): string => `media://take/${id}/filmstrip`
export const takeVideo = (id: string): string => `media://take/${id}/video`
/** One side of a blind pair; the address tells nothing of the take. */
export const pairVideo = (id: string, side: 'a' | 'b'): string => `media://pair/${id}/${side}`
/** By frame id, or by the digest of the picture. */
export const frameThumb = (frame: string): string => `media://frame/${frame}/thumb`
/** Large enough to look at; the whole picture may have 100 megapixels. */
export const framePreview = (frame: string): string => `media://frame/${frame}/preview`
