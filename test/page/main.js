/** Leaves the report of this page's thread, or at #worker of a worker's, in the window. */
if (location.hash === '#worker') {
  const worker = new Worker(new URL('./worker.js', import.meta.url), { type: 'module' })
  worker.onmessage = ({ data }) => {
    globalThis.report = data
  }
} else {
  const { report } = await import('./runs.js')
  globalThis.report = await report()
}
