export { NightsDialog } from './NightsDialog.tsx'
