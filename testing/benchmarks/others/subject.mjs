// Performs tasks like SubjectMain: each input line is a task, each output line its figures.
import { createInterface } from 'node:readline'

const [name, controlPort, callPort] = process.argv.slice(2)
const { start } = await import(`./${name}.mjs`)
const program = await start(Number(controlPort), Number(callPort))

const cpu = () => {
  const { user, system } = process.cpuUsage()
  return (user + system) / 1e6
}

const tasks = {
  async cost () {
    return { cpu: cpu() }
  },
  async mute (times) {
    const before = cpu()
    for (let i = 0; i < times; i++) {
      await program.muteAll(i % 2 === 0)
    }
    return { cpu: cpu() - before }
  },
  async list (times) {
    const before = cpu()
    let listed = []
    for (let i = 0; i < times; i++) {
      listed = await program.participants()
    }
    return { cpu: cpu() - before, members: listed.length, muted: listed.filter(it => it.muted).length }
  }
}

for await (const line of createInterface({ input: process.stdin })) {
  const [task, times] = line.split(' ')
  const figures = Object.entries(await tasks[task](Number(times)))
  process.stdout.write(`figures ${figures.map(([figure, value]) => `${figure}=${value.toFixed(9)}`).join(' ')}\n`)
}
process.exit(0)
