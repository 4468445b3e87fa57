import { createContext } from 'react'

/** True while the list around is scrolled: what is dear to draw can wait for the end. */
export const ListMoves = createContext(false)
