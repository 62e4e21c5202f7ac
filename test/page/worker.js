/** The report of a worker, which starts workers in its turn. */
import { report } from './runs.js'

postMessage(await report())
